"""Who read what is written once, chained by the day, and nobody can take a reading back."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from uuid import UUID

import psycopg
import pytest
from sqlalchemy import text
from uuid_utils.compat import uuid7

from domain.actors import Actor
from storage.engine.database import WORKING, Database
from storage.engine.settings import Settings
from storage.register import access_log
from storage.register.access_chain import Day, Line, verify_days
from tests.storage.filed import file, opened, resident_of
from tests.storage.readings import readings

AGENT = Actor(kind="agent", id=UUID(int=7), name="Agent")
MEDIATOR = Actor(kind="mediator", id=UUID(int=8), mandate=UUID(int=9))


@pytest.fixture
async def worker(settings: Settings) -> AsyncIterator[Database]:
    """The database as the worker reaches it."""
    async with opened(settings, "worker") as database:
        yield database


async def _read(database: Database, dossier: UUID, actor: Actor, what: str) -> None:
    async with database.transaction(WORKING) as connection:
        await access_log.note(connection, dossier, actor, what, "objet|é")


async def test_readings_at_once_make_one_chain_that_python_recomputes(worker: Database, settings: Settings) -> None:
    who = uuid7()
    async with opened(settings, "app") as app:
        dossier = (await file(app, who)).id
        readers = [AGENT, MEDIATOR] * 10
        await asyncio.gather(*(_read(worker, dossier, reader, "dossier") for reader in readers))
        async with app.transaction(resident_of(who)) as connection:
            seen = await readings(connection, dossier)
        async with app.transaction(resident_of(uuid7())) as connection:
            hidden = await readings(connection, dossier)

    assert {day.broken_at for day in await verify_days(worker)} == {None}
    assert sorted(reading.audience for reading in seen) == ["agent"] * 10 + ["mediator"] * 10
    assert {reading.mandate for reading in seen} == {None, UUID(int=9)}
    assert hidden == []


@pytest.mark.parametrize(
    "done",
    [
        "UPDATE access_log SET actor = gen_random_uuid() WHERE dossier = %s AND what = 'lettre'",
        "UPDATE access_log SET at = at - interval '1 minute' WHERE dossier = %s AND what = 'lettre'",
        "DELETE FROM access_log WHERE dossier = %s AND what = 'lettre'",
        "DELETE FROM access_log WHERE dossier = %s AND what IN ('lettre', 'document')",
    ],
    ids=["actor", "instant", "deleted", "tail-cut"],
)
async def test_a_reading_changed_or_taken_back_is_found(worker: Database, settings: Settings, done: str) -> None:
    """Inside a transaction that is rolled back: the day's chain of the other tests stays whole."""
    async with opened(settings, "app") as app:
        dossier = (await file(app)).id
    await _read(worker, dossier, AGENT, "lettre")
    await _read(worker, dossier, AGENT, "document")
    query = "SELECT seq FROM access_log WHERE dossier = %s AND what = 'lettre'"
    with psycopg.connect(settings.database_url, autocommit=True) as owner:
        place = (owner.execute(query, [dossier]).fetchone() or (0,))[0]
        owner.execute("CREATE TABLE kept AS SELECT * FROM access_log WHERE dossier = %s", [dossier])
        owner.execute("ALTER TABLE access_log DISABLE TRIGGER USER")
        try:
            owner.execute(done, [dossier])
            broken: list[Day] = await verify_days(worker)
        finally:
            owner.execute("DELETE FROM access_log WHERE dossier = %s", [dossier])
            owner.execute("INSERT INTO access_log SELECT * FROM kept")
            owner.execute("ALTER TABLE access_log ENABLE TRIGGER USER")
            owner.execute("DROP TABLE kept")

    assert {day.broken_at for day in broken} - {None} == {place}
    assert {day.broken_at for day in await verify_days(worker)} == {None}


async def test_nobody_writes_a_reading_but_by_the_function(worker: Database, settings: Settings) -> None:
    async with opened(settings, "app") as app:
        dossier = (await file(app)).id
    insertion = (
        "INSERT INTO access_log VALUES (current_date, 999999, now(), %s, 'agent', NULL, NULL, 'dossier', '', '', '')"
    )
    for role in ("app", "worker"):
        with (
            psycopg.connect(settings.url_of(role)) as connection,
            pytest.raises(psycopg.errors.InsufficientPrivilege),
        ):
            connection.execute(insertion, [dossier])
    async with worker.transaction(WORKING) as connection:
        columns = await connection.execute(text("SELECT * FROM access_log LIMIT 1"))
        assert set(Line._fields) <= set(columns.keys())
