"""An office of its own for each test: a database, queues, a folder for e-mails."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from storage.engine.database import Database
from storage.engine.settings import Settings
from storage.objects.store import object_store
from tests.workers.office import Office, opened
from workers.world import World


@pytest.fixture
async def office(own_settings: Settings) -> AsyncIterator[Office]:
    """An office without any worker yet."""
    store = object_store(own_settings)
    await store.prepare()
    store.close()
    world, owner = World.of(own_settings.served_as("worker")), Database(own_settings, "owner", size=2)
    yield await opened(world, owner)
    await owner.close()
    await world.close()
