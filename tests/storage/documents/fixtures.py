"""Fixtures of the tests of documents; a test module takes them by `pytest_plugins`."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from storage.engine.database import Database
from storage.engine.settings import Settings
from storage.objects.store import ObjectStore, object_store
from tests.storage.documents.desk import Desk


@pytest.fixture
async def store(settings: Settings) -> AsyncIterator[ObjectStore]:
    """The object store of this worker, its buckets made."""
    opened = object_store(settings)
    await opened.prepare()
    yield opened
    opened.close()


@pytest.fixture
async def desk(settings: Settings, store: ObjectStore) -> AsyncIterator[Desk]:
    """A resident with a draft."""
    app, worker = Database(settings, "app"), Database(settings, "worker")
    yield await Desk.opened(app, worker, store)
    await app.close()
    await worker.close()
