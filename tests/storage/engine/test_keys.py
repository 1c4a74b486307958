"""One key per dossier: what it seals opens there only, and never again once it is destroyed."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import psycopg
import pytest
from hypothesis import given
from hypothesis import strategies as st
from uuid_utils.compat import uuid7

from storage.engine.keys import DossierKey, KeyDestroyed, Keys, KeyUnknown
from storage.engine.master_key import Unreadable
from storage.engine.settings import Settings

KEY = DossierKey(bytes(range(32)))


@pytest.fixture
async def keys(settings: Settings) -> AsyncIterator[Keys]:
    """The keys' database of this worker."""
    keys = Keys(settings)
    yield keys
    await keys.close()


@given(st.binary(max_size=100), st.text(max_size=20), st.text(max_size=20))
def test_what_is_sealed_opens_in_its_place_only(plaintext: bytes, context: str, other: str) -> None:
    sealed = KEY.seal(plaintext, context)

    assert KEY.open(sealed, context) == plaintext
    assert KEY.seal(plaintext, context) != sealed
    if other != context:
        with pytest.raises(Unreadable):
            KEY.open(sealed, other)
    with pytest.raises(Unreadable):
        DossierKey(bytes(32)).open(sealed, context)


@given(st.binary(min_size=1, max_size=40), st.data())
def test_one_altered_bit_does_not_open(plaintext: bytes, data: st.DataObject) -> None:
    sealed = bytearray(KEY.seal(plaintext, "c"))
    sealed[data.draw(st.integers(0, len(sealed) - 1))] ^= 1 << data.draw(st.integers(0, 7))

    with pytest.raises(Unreadable):
        KEY.open(bytes(sealed), "c")


def test_derived_keys_differ_by_purpose_and_by_dossier() -> None:
    other = DossierKey(bytes(range(1, 33)))
    derived = {KEY.derive("a"), KEY.derive("b"), other.derive("a"), KEY.fingerprint(b"", "a"), KEY.derive("seal")}

    assert len(derived) == 5
    assert KEY.derive("a") == DossierKey(bytes(range(32))).derive("a")


async def test_a_key_is_made_once_however_many_ask(keys: Keys, settings: Settings) -> None:
    dossier, others = uuid7(), [Keys(settings) for _ in range(4)]
    made = await asyncio.gather(*(other.create(dossier) for other in others))
    sealed = made[0].seal(b"x", "c")

    assert [key.open(sealed, "c") for key in made] == [b"x"] * 4
    assert (await keys.of(dossier)).open(sealed, "c") == b"x"
    await asyncio.gather(*(other.close() for other in others))


async def test_the_database_holds_no_key_that_can_be_used_without_the_master(keys: Keys, settings: Settings) -> None:
    dossier = uuid7()
    key = await keys.create(dossier)
    with psycopg.connect(settings.url_of("keys")) as connection:
        row = connection.execute("SELECT wrapped FROM dossier_key WHERE dossier = %s", [dossier]).fetchone()

    assert row is not None
    assert key.derive("a") != DossierKey(bytes(row[0])[-32:]).derive("a")
    with pytest.raises(Unreadable):
        settings.master.open(bytes(row[0]), f"dossier_key|{uuid7()}")


async def test_a_destroyed_key_is_gone_for_everyone_and_cannot_be_made_again(keys: Keys, settings: Settings) -> None:
    dossier, other = uuid7(), Keys(settings)
    await keys.create(dossier)
    await other.destroy(dossier)
    keys.forget(dossier)

    with pytest.raises(KeyDestroyed):
        await keys.of(dossier)
    with pytest.raises(KeyDestroyed):
        await keys.create(dossier)
    with psycopg.connect(settings.url_of("keys")) as connection:
        row = connection.execute(
            "SELECT wrapped, destroyed_at FROM dossier_key WHERE dossier = %s", [dossier]
        ).fetchone()
    assert row is not None
    assert (row[0], row[1] is not None) == (None, True)
    await other.close()


async def test_an_identifier_without_a_key_is_told_apart(keys: Keys) -> None:
    with pytest.raises(KeyUnknown):
        await keys.of(uuid7())


async def test_the_keys_role_cannot_delete_nor_reach_the_main_database_s_dossiers(settings: Settings) -> None:
    """Its only power is over `dossier_key`."""
    with psycopg.connect(settings.url_of("keys")) as connection, pytest.raises(psycopg.errors.InsufficientPrivilege):
        connection.execute("DELETE FROM dossier_key")
