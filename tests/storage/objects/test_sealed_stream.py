"""A sealed stream opens whole and unchanged, or not at all."""

import io
import os

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage.objects.sealed_stream import (
    CHUNK,
    HEADER,
    SEALED_CHUNK,
    BrokenStream,
    Opener,
    SealedReader,
    Sealer,
    plain_size,
    sealed_size,
)

KEY = bytes(range(32))
CONTEXT = "document|essai"
EDGES = [0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 2 * CHUNK, 3 * CHUNK + 17, 17 * CHUNK + 3]


def seal(plain: bytes, *, key: bytes = KEY, context: str = CONTEXT, cut: int = 50_000) -> bytes:
    sealer = Sealer(key, context)
    chunks = [sealer.add(plain[i : i + cut]) for i in range(0, len(plain), cut)]
    return b"".join((sealer.header, *chunks, sealer.finish()))


def unseal(sealed: bytes, *, key: bytes = KEY, context: str = CONTEXT, cut: int = 70_001) -> bytes:
    opener = Opener(key, context, sealed[:HEADER])
    body = sealed[HEADER:]
    return b"".join(opener.add(body[i : i + cut]) for i in range(0, len(body), cut)) + opener.finish()


def reader(sealed: bytes) -> SealedReader:
    return SealedReader(lambda start, length: sealed[start : start + length], len(sealed), KEY, CONTEXT)


@pytest.mark.parametrize("size", EDGES)
def test_what_was_sealed_opens_and_its_length_is_known_beforehand(size: int) -> None:
    plain = os.urandom(size)
    sealed = seal(plain)
    assert unseal(sealed) == plain
    assert reader(sealed).read() == plain
    assert len(sealed) == sealed_size(size)
    assert plain_size(len(sealed)) == size


@given(st.binary(max_size=3000), st.integers(1, 700), st.integers(1, 700))
def test_how_it_was_cut_on_the_way_changes_nothing(plain: bytes, written: int, read: int) -> None:
    assert unseal(seal(plain, cut=written), cut=read) == plain


def test_two_seals_of_one_content_share_no_byte_of_key() -> None:
    assert seal(b"bonjour")[HEADER:] != seal(b"bonjour")[HEADER:]


@given(st.data())
def test_one_altered_byte_is_detected_wherever_it_is(data: st.DataObject) -> None:
    sealed = bytearray(seal(b"x" * (CHUNK + 100)))
    where = data.draw(st.integers(0, len(sealed) - 1))
    sealed[where] ^= data.draw(st.integers(1, 255))
    with pytest.raises(BrokenStream):
        unseal(bytes(sealed))


@pytest.mark.parametrize("kept", [HEADER, HEADER + 10, HEADER + SEALED_CHUNK, HEADER + 2 * SEALED_CHUNK])
def test_a_stream_cut_even_between_two_chunks_is_refused(kept: int) -> None:
    cut = seal(b"x" * (2 * CHUNK + 5))[:kept]
    with pytest.raises(BrokenStream):
        unseal(cut)
    with pytest.raises(BrokenStream):
        reader(cut)


def test_chunks_exchanged_repeated_or_taken_from_another_stream_are_refused() -> None:
    sealed, other = seal(b"a" * 3 * CHUNK), seal(b"b" * 3 * CHUNK)
    head, first, second, last = split(sealed)
    for forged in (
        head + second + first + last,
        head + first + first + last,
        head + first + split(other)[2] + last,
        head + first + second + last + last,
        head + first + last,
    ):
        with pytest.raises(BrokenStream):
            unseal(forged)


def split(sealed: bytes) -> tuple[bytes, bytes, bytes, bytes]:
    """The header and the three chunks."""
    marks = [HEADER + n * SEALED_CHUNK for n in range(3)]
    return sealed[:HEADER], sealed[marks[0] : marks[1]], sealed[marks[1] : marks[2]], sealed[marks[2] :]


def test_another_dossier_s_key_or_place_opens_nothing() -> None:
    sealed = seal(b"secret")
    with pytest.raises(BrokenStream):
        unseal(sealed, key=bytes(32))
    with pytest.raises(BrokenStream):
        unseal(sealed, context="document|autre")


@given(st.lists(st.tuples(st.integers(0, 5 * CHUNK), st.integers(0, 3 * CHUNK)), max_size=8))
def test_reading_in_any_order_gives_what_a_file_would(moves: list[tuple[int, int]]) -> None:
    plain = bytes(i * 31 % 251 for i in range(4 * CHUNK + 9))
    with io.BufferedReader(reader(seal(plain))) as file:
        for position, length in moves:
            file.seek(position)
            assert file.read(length) == plain[position : position + length]
