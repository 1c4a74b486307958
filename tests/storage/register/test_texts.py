"""What an act rested on is kept under its hash, once, for ever."""

from __future__ import annotations

import hashlib
from collections.abc import AsyncIterator
from uuid import uuid4

import psycopg
import pytest

from storage.engine.database import WORKING, Database
from storage.engine.settings import Settings
from storage.register.texts import NotPublished, publish, read
from tests.storage.filed import opened


@pytest.fixture
async def worker(settings: Settings) -> AsyncIterator[Database]:
    """The database as the worker reaches it."""
    async with opened(settings, "worker") as database:
        yield database


async def test_a_text_is_found_by_its_hash_however_often_it_was_used(worker: Database) -> None:
    body = uuid4().bytes
    async with worker.transaction(WORKING) as connection:
        hashes = {await publish(connection, kind="letter", name="decision", body=body) for _ in range(3)}
        found = await read(connection, hashes.pop())

    assert (found.body, found.sha256, hashes) == (body, hashlib.sha256(body).digest(), set())


async def test_an_unknown_hash_and_an_altered_text_are_not_published(worker: Database, settings: Settings) -> None:
    async with worker.transaction(WORKING) as connection:
        sha256 = await publish(connection, kind="rules", name="apa", body=uuid4().bytes)
        with pytest.raises(NotPublished):
            await read(connection, bytes(32))
    with psycopg.connect(settings.database_url) as owner:
        owner.execute("ALTER TABLE published DISABLE TRIGGER USER")
        owner.execute("UPDATE published SET body = 'autre' WHERE sha256 = %s", [sha256])
        owner.execute("ALTER TABLE published ENABLE TRIGGER USER")
    async with worker.transaction(WORKING) as connection:
        with pytest.raises(NotPublished):
            await read(connection, sha256)
