"""`verify` says where a journal was tampered with, whatever was done to it behind the product's back."""

from __future__ import annotations

import hashlib
from collections.abc import AsyncIterator
from uuid import UUID

import psycopg
import pytest
from uuid_utils.compat import uuid7

from domain.actors import Actor
from domain.in_charge import Take
from domain.messages import SendMessage
from storage.engine.database import Database
from storage.engine.settings import Settings
from storage.register.door import record
from storage.register.journal import COLUMNS, Row
from storage.register.lock import NotFound
from storage.register.verification import find, verify
from tests.storage.filed import file, opened

AGENT = Actor(kind="agent", id=UUID(int=7), name="Agent")
_ROW = f"SELECT {COLUMNS} FROM journal WHERE dossier = %s AND seq = %s"  # noqa: S608 (names)
_REWRITE = "UPDATE journal SET body = %s, digest = %s, prev_hash = %s, hash = %s WHERE dossier = %s AND seq = %s"


@pytest.fixture
async def worker(settings: Settings) -> AsyncIterator[Database]:
    """The database as the worker reaches it."""
    async with opened(settings, "worker") as database:
        yield database


@pytest.fixture
async def dossier(settings: Settings, worker: Database) -> UUID:
    """A dossier of five entries."""
    async with opened(settings, "app") as app:
        filed = await file(app)
    await record(worker, filed.id, Take(agent=UUID(int=7)), AGENT, command_id=uuid7())
    await record(worker, filed.id, SendMessage(sender="agent", text="Bonjour"), AGENT, command_id=uuid7())
    return filed.id


def tamper(settings: Settings, *statements: tuple[str, tuple[object, ...]]) -> None:
    """Do what only the master of the server can: put the triggers to sleep, then write."""
    with psycopg.connect(settings.database_url) as owner:
        owner.execute("ALTER TABLE journal DISABLE TRIGGER USER")
        for query, given in statements:
            owner.execute(query, given)
        owner.execute("ALTER TABLE journal ENABLE TRIGGER USER")


async def test_an_untouched_dossier_verifies_by_identifier_and_by_reference(worker: Database, dossier: UUID) -> None:
    verdict = await verify(worker, dossier)

    assert (verdict.intact, verdict.entries) == (True, 5)
    assert "chaîne intacte" in verdict.sentence
    assert await find(worker, verdict.reference) == dossier
    assert await find(worker, str(dossier).upper()) == dossier
    with pytest.raises(NotFound):
        await find(worker, "2026-inconnu")


@pytest.mark.parametrize(
    ("done", "kind", "at"),
    [
        ("UPDATE journal SET effective = effective - interval '1 day' WHERE dossier = %s AND seq = 2", "edited", 2),
        ("UPDATE journal SET recorded_at = recorded_at - interval '1 day' WHERE dossier = %s AND seq = 4", "edited", 4),
        ("UPDATE journal SET actor_id = gen_random_uuid() WHERE dossier = %s AND seq = 4", "edited", 4),
        ("UPDATE journal SET kind = 'withdrawn' WHERE dossier = %s AND seq = 5", "edited", 5),
        ("UPDATE journal SET body = body || '\\x00' WHERE dossier = %s AND seq = 3", "ciphertext", 3),
        ("DELETE FROM journal WHERE dossier = %s AND seq = 1", "missing", 1),
        ("DELETE FROM journal WHERE dossier = %s AND seq = 3", "missing", 3),
        ("DELETE FROM journal WHERE dossier = %s AND seq = 5", "tail", 5),
        ("DELETE FROM journal WHERE dossier = %s AND seq >= 2", "tail", 2),
        ("UPDATE dossier SET head = 'x' WHERE id = %s", "tail", 5),
        ("UPDATE dossier SET state = state || '\\x00' WHERE id = %s", "state", 5),
        ("DELETE FROM clock WHERE dossier = %s", "clock", 5),
    ],
)
async def test_an_edit_a_deletion_or_a_cut_is_found_where_it_was_made(
    settings: Settings, worker: Database, dossier: UUID, done: str, kind: str, at: int
) -> None:
    tamper(settings, (done, (dossier,)))
    broken = (await verify(worker, dossier)).broken

    assert broken is not None
    assert (broken.kind, broken.seq) == (kind, at)


async def test_two_entries_exchanged_are_found(settings: Settings, worker: Database, dossier: UUID) -> None:
    move = "UPDATE journal SET seq = %s WHERE dossier = %s AND seq = %s"
    tamper(settings, (move, (9, dossier, 4)), (move, (4, dossier, 5)), (move, (5, dossier, 9)))
    broken = (await verify(worker, dossier)).broken

    assert broken is not None
    assert (broken.kind, broken.seq) == ("out_of_place", 4)


async def test_an_entry_added_after_the_end_is_found_even_well_chained(
    settings: Settings, worker: Database, dossier: UUID
) -> None:
    with psycopg.connect(settings.database_url) as owner:
        last = Row(*owner.execute(_ROW, [dossier, 5]).fetchone() or ())
        forged = last._replace(seq=6, prev_hash=last.hash, command_id=uuid7())
        forged = forged._replace(hash=forged.computed_hash())
        owner.execute(f"INSERT INTO journal ({COLUMNS}) VALUES ({', '.join(['%s'] * 16)})", forged)  # noqa: S608
    broken = (await verify(worker, dossier)).broken

    assert broken is not None
    assert (broken.kind, broken.seq) == ("tail", 6)


async def test_a_whole_chain_rewritten_without_the_key_does_not_open(
    settings: Settings, worker: Database, dossier: UUID
) -> None:
    """The master of the server recomputes every hash after swapping two ciphertexts: the seals tell."""
    with psycopg.connect(settings.database_url) as owner:
        rows = [Row(*owner.execute(_ROW, [dossier, seq]).fetchone() or ()) for seq in (4, 5)]
        before, bodies, head = rows[0].prev_hash, [rows[1].body, rows[0].body], b""
        owner.execute("ALTER TABLE journal DISABLE TRIGGER USER")
        for row, body in zip(rows, bodies, strict=True):
            forged = row._replace(body=body, digest=hashlib.sha256(body or b"").digest(), prev_hash=before)
            before = head = forged.computed_hash()
            change = (
                "UPDATE journal SET body = %s, digest = %s, prev_hash = %s, hash = %s WHERE dossier = %s AND seq = %s"
            )
            owner.execute(change, [forged.body, forged.digest, forged.prev_hash, head, dossier, row.seq])
        owner.execute("UPDATE dossier SET head = %s WHERE id = %s", [head, dossier])
        owner.execute("ALTER TABLE journal ENABLE TRIGGER USER")
    broken = (await verify(worker, dossier)).broken

    assert broken is not None
    assert (broken.kind, broken.seq) == ("ciphertext", 4)


async def test_an_older_state_put_back_is_found(settings: Settings, worker: Database) -> None:
    """Rolled back with its version, its head and without its last entries, it still contradicts its own clock."""
    async with opened(settings, "app") as app:
        filed = await file(app)
    with psycopg.connect(settings.database_url) as owner:
        old = owner.execute("SELECT state, head FROM dossier WHERE id = %s", [filed.id]).fetchone() or ()
    await record(worker, filed.id, Take(agent=UUID(int=7)), AGENT, command_id=uuid7())
    tamper(
        settings,
        ("DELETE FROM journal WHERE dossier = %s AND seq = 4", (filed.id,)),
        ("UPDATE dossier SET state = %s, head = %s, version = 3 WHERE id = %s", (*old, filed.id)),
    )
    broken = (await verify(worker, filed.id)).broken

    assert broken is not None
    assert broken.kind == "clock"
