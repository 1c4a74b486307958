"""The master key seals, opens and fingerprints; it refuses weak keys."""

from __future__ import annotations

import base64
import os

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage.engine.master_key import MasterKey, MasterKeyRefused, Unreadable

KEY = MasterKey(bytes(range(32)))


@given(st.binary(max_size=200), st.text(max_size=30))
def test_what_is_sealed_opens_under_the_same_context_only(plaintext: bytes, context: str) -> None:
    sealed = KEY.seal(plaintext, context)

    assert KEY.open(sealed, context) == plaintext
    with pytest.raises(Unreadable):
        KEY.open(sealed, context + "|other")


@given(st.binary(min_size=1, max_size=50), st.data())
def test_one_altered_byte_makes_it_unreadable(plaintext: bytes, data: st.DataObject) -> None:
    sealed = bytearray(KEY.seal(plaintext, "c"))
    sealed[data.draw(st.integers(0, len(sealed) - 1))] ^= 1

    with pytest.raises(Unreadable):
        KEY.open(bytes(sealed), "c")


def test_the_same_text_is_never_sealed_twice_alike() -> None:
    assert KEY.seal(b"anne@example.org", "c") != KEY.seal(b"anne@example.org", "c")


def test_another_master_key_opens_nothing() -> None:
    with pytest.raises(Unreadable):
        MasterKey(os.urandom(32)).open(KEY.seal(b"x", "c"), "c")


def test_fingerprints_are_stable_and_differ_by_purpose_and_by_key() -> None:
    here = KEY.fingerprint("anne@example.org", "email|resident")

    assert here == MasterKey(bytes(range(32))).fingerprint("anne@example.org", "email|resident")
    assert here != KEY.fingerprint("anne@example.org", "email|agent")
    assert here != MasterKey(os.urandom(32)).fingerprint("anne@example.org", "email|resident")


def test_the_boundary_between_purpose_and_value_cannot_be_moved() -> None:
    assert KEY.fingerprint("b", "a") != KEY.fingerprint("", "ab")


@pytest.mark.parametrize(
    "text",
    ["", "not base64 !", base64.b64encode(b"short").decode(), base64.b64encode(bytes(32)).decode()],
    ids=["empty", "not-base64", "too-short", "all-zero"],
)
def test_a_weak_or_malformed_key_is_refused_with_what_to_do(text: str) -> None:
    with pytest.raises(MasterKeyRefused, match="openssl rand -base64 32"):
        MasterKey.from_text(text)
