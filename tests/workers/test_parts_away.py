"""A part killed under a running worker: acts go on as far as they can, and everything is caught up when it is back."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Literal

import pytest

from migrations.upgrade import upgrade
from storage.engine.database import Database
from storage.engine.settings import Settings
from storage.objects.store import object_store
from tests.conftest import OwnParts
from tests.ending import stopped
from tests.workers.office import opened
from workers.main import serve
from workers.world import World


@pytest.mark.parametrize("part", ["temporal", "s3", "postgres"])
async def test_a_part_killed_and_back_leaves_no_effect_undone(
    own_parts: OwnParts, tmp_path: Path, part: Literal["temporal", "s3", "postgres"]
) -> None:
    running = await asyncio.to_thread(own_parts)
    settings = Settings.of(running.environment | {"GUICHET_MODE": "test", "MAIL_FOLDER": str(tmp_path)})
    await asyncio.to_thread(upgrade, settings)
    store = object_store(settings)
    await store.prepare()
    store.close()
    world, owner, stop = World.of(settings.served_as("worker")), Database(settings, "owner", size=2), asyncio.Event()
    office = await opened(world, owner)
    serving = asyncio.create_task(serve(settings, stop=stop))
    before = await office.file("acces-documents")
    running.kill(part)
    meanwhile = [] if part == "postgres" else [await office.file("acces-documents")]
    await asyncio.sleep(3)
    await asyncio.to_thread(running.start, part)
    after = await office.file("acces-documents")
    for dossier in (before, *meanwhile, after):
        assert set((await office.settled(dossier, within=90)).values()) == {"done"}
    assert not serving.done()
    await stopped(serving, stop)
    await owner.close()
    await world.close()
