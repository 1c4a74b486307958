"""The worker's process, killed without a word and started again: every effect, once."""

from __future__ import annotations

import asyncio
import os
import random
import subprocess
from collections import Counter
from uuid import UUID

from tests.ending import stopped
from tests.workers.office import Office, in_vain
from tests.workers.processes import process
from workers.main import serve

SEED = int(os.environ.get("GUICHET_SEED", "20261124"))
FILED, KILLS = 12, 4


async def test_a_worker_killed_again_and_again_does_everything_once(office: Office) -> None:
    """The seed is printed on failure: GUICHET_SEED repeats it."""
    chance = random.Random(SEED)  # noqa: S311 - a test's own randomness
    dossiers: list[UUID] = []
    for _ in range(KILLS):
        with process(office.world.settings):
            dossiers += [await office.file("acces-documents") for _ in range(FILED // KILLS)]
            await asyncio.sleep(chance.uniform(2.5, 5.0))
    with process(office.world.settings):
        for dossier in dossiers:
            effects = await office.settled(dossier, within=90)
            assert set(effects.values()) == {"done"}, f"seed {SEED}"
    letters = await office.rows("SELECT dossier, seq, kind, count(*) AS n FROM letter GROUP BY 1, 2, 3")
    assert len(letters) == FILED
    assert all(row.n == 1 for row in letters)
    ids = Counter(mail["Message-ID"] for mail in office.mails())
    assert len(ids) == FILED
    assert set(ids.values()) == {1}


async def test_a_worker_told_to_stop_ends_by_itself_and_cleanly(office: Office) -> None:
    with process(office.world.settings) as worker:
        dossier = await office.file("acces-documents")
        await office.settled(dossier)
        worker.terminate()
        await office.until(lambda: _ended(worker), within=20)
        assert worker.returncode == 0


async def _ended(worker: subprocess.Popen[bytes]) -> bool:
    return worker.poll() is not None


async def test_the_worker_waits_for_temporal_and_begins_when_it_is_there(office: Office) -> None:
    """Started before the engine: nothing fails, nothing is lost, and it begins by itself."""
    stop = asyncio.Event()
    dossier = await office.file("acces-documents")
    settings = office.world.settings
    away = settings.model_copy(update={"temporal_address": "127.0.0.1:9"})
    async with in_vain(office):
        serving = asyncio.create_task(serve(away, stop=stop))
    assert not serving.done()
    await stopped(serving, stop)
    again = asyncio.Event()
    serving = asyncio.create_task(serve(settings, stop=again))
    assert set((await office.settled(dossier)).values()) == {"done"}
    await stopped(serving, again)
