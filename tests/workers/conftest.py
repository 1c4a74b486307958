"""An office of its own for each test: a database, queues, a folder for e-mails."""

from __future__ import annotations

import time
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from uuid import uuid4

import psycopg
import pytest
from psycopg import sql

from migrations.upgrade import upgrade
from storage import addresses
from storage.database import Database
from storage.objects import object_store
from storage.settings import Settings
from tests.workers.office import Office, opened
from workers.world import World


@pytest.fixture
def own_settings(parts: dict[str, str], settings: Settings, tmp_path: Path) -> Iterator[Settings]:
    """Settings whose database, keys, queues and mail folder no other test touches: its clock may be moved."""
    name = f"guichet_office_{uuid4().hex[:10]}"
    own = Settings.of(
        settings.environment()
        | {
            "DATABASE_URL": addresses.with_database(parts["DATABASE_URL"], name),
            "GUICHET_TASK_QUEUE_PREFIX": f"{name}-",
            "MAIL_FOLDER": str(tmp_path / "mail"),
        }
    )
    with psycopg.connect(parts["DATABASE_URL"], autocommit=True) as owner:
        owner.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
        upgrade(own)
        yield own
        for database in (name, f"{name}_keys"):
            dropped(owner, database)


def dropped(owner: psycopg.Connection, database: str) -> None:
    """Drop a database once its last connections are gone; the parts go with the run, so after a while let it be."""
    for _ in range(20):
        try:
            owner.execute(sql.SQL("DROP DATABASE IF EXISTS {}").format(sql.Identifier(database)))
        except psycopg.errors.ObjectInUse:
            time.sleep(0.1)
        else:
            return


@pytest.fixture
async def office(own_settings: Settings) -> AsyncIterator[Office]:
    """An office without any worker yet."""
    store = object_store(own_settings)
    await store.prepare()
    store.close()
    world, owner = World.of(own_settings), Database(own_settings, "owner", size=2)
    yield await opened(world, owner)
    await owner.close()
    await world.close()
