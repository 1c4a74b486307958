"""The event that stops the clock races the instant at which silence decides, while a part is killed under it.

Twenty races in `make test`, two hundred in `make test-long`, on one set of real parts for each twenty. The seed is
printed on failure: GUICHET_SEED repeats them.
"""

from __future__ import annotations

import asyncio
import os
from collections.abc import AsyncIterator
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import timedelta
from itertools import product
from pathlib import Path
from random import Random
from typing import Literal
from uuid import UUID, uuid4

import psycopg
import pytest
import sqlalchemy.exc

from domain.calendar import Instant, ended_by
from domain.command import Command
from domain.derivation import Line, Recorded
from domain.dossier import Dossier
from domain.explained.explanation import explain
from domain.refusals import Refused
from domain.silence import SilenceTookEffect
from domain.steps.decision import Decide
from domain.steps.notice import Notify
from migrations.upgrade import upgrade
from parts.embedded import Running
from storage.engine.database import Database
from storage.engine.settings import Settings
from storage.objects.store import object_store
from storage.register.door import record
from tests.conftest import OwnParts
from tests.long import LONG
from tests.workers.office import AGENT, Office, opened
from tests.workers.processes import process
from tests.workers.stories import OUTCOME
from workers.world import World

SEED = int(os.environ.get("GUICHET_SEED", "20261125"))
RACES = 20
BATCHES = 10 if LONG else 1
Killed = Literal["worker", "temporal", "postgres"]
KILLED: tuple[Killed, ...] = ("worker", "temporal", "postgres")
OFFSETS = (-1, 0, 1)
PATIENCE = 300
"""Seconds: how fast a busy machine settles is not what is raced."""
AWAY = (psycopg.OperationalError, psycopg.InterfaceError, sqlalchemy.exc.DBAPIError, OSError)
EFFECT = {"apa-domicile": "provisional", "agrement-assistant-maternel": "acceptance", "acces-documents": "rejection"}
LETTER = {
    "apa-domicile": "letter:provisional",
    "agrement-assistant-maternel": "letter:attestation",
    "acces-documents": "letter:implied_rejection",
}
A_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Race:
    """Which procedure, how many milliseconds from the instant, what is killed, and how long after the act began."""

    slug: str
    offset: int
    killed: Killed
    after: float


@dataclass(frozen=True, slots=True)
class Run:
    """A race that was run: its dossier, the instant, and under which article the act was refused, if it was."""

    race: Race
    dossier: UUID
    due: Instant
    refused: str


@dataclass(slots=True)
class Track:
    """Real parts of the test's own, and a worker in a process of its own."""

    office: Office
    running: Running
    settings: Settings
    worker: ExitStack

    def work(self) -> None:
        """Start a worker."""
        self.worker.enter_context(process(self.settings))

    async def kill(self, part: Killed, after: float) -> None:
        """Kill a part without a word, a moment later, and start it again."""
        await asyncio.sleep(after)
        if part == "worker":
            await asyncio.to_thread(self.worker.close)
            self.work()
            return
        self.running.kill(part)
        await asyncio.to_thread(self.running.start, part)


@pytest.fixture
async def track(own_parts: OwnParts, tmp_path: Path) -> AsyncIterator[Track]:
    running = await asyncio.to_thread(own_parts)
    settings = Settings.of(running.environment | {"GUICHET_MODE": "test", "MAIL_FOLDER": str(tmp_path)})
    await asyncio.to_thread(upgrade, settings)
    store = object_store(settings)
    await store.prepare()
    store.close()
    world, owner = World.of(settings.served_as("worker")), Database(settings, "owner", size=2)
    with ExitStack() as worker:
        yield Track(await opened(world, owner), running, settings, worker)
    await owner.close()
    await world.close()


def races(batch: int) -> list[Race]:
    """Every instant with every part, twice; then drawn."""
    chance = Random(f"{SEED}/{batch}")  # noqa: S311 (repeatable draws)
    twice = list(product(OFFSETS, KILLED)) * 2
    drawn = [(chance.choice(OFFSETS), chance.choice(KILLED)) for _ in range(RACES - len(twice))]
    every = [
        Race(chance.choice(sorted(OUTCOME)), offset, killed, chance.uniform(0, 0.03))
        for offset, killed in twice + drawn
    ]
    chance.shuffle(every)
    return every


@pytest.mark.timeout(900)
@pytest.mark.parametrize("batch", range(BATCHES))
async def test_twenty_races_end_as_the_law_says_and_say_why(track: Track, batch: int) -> None:
    track.work()
    run = [await _run(track, race) for race in races(batch)]
    assert len(run) == RACES
    assert {(one.race.offset, one.race.killed) for one in run} == set(product(OFFSETS, KILLED))
    for one in run:
        effects = await track.office.settled(one.dossier, within=PATIENCE)
        story = await track.office.story(one.dossier)
        entries = [Recorded(seq=e.seq, event=e.event, recorded_at=e.recorded_at) for e in story.entries]
        said = f"GUICHET_SEED={SEED}, {one}: {[entry.event.kind for entry in entries]}"
        _as_the_law_says(one, story.now(), entries, said)
        _explained(one, explain(entries, story.now(), "agent"), said)
        silences = [kind for _, kind in effects].count(LETTER[one.race.slug])
        assert silences == (one.race.offset >= 0), said
        assert set(effects.values()) <= {"done", "superseded"}, f"{said} {effects}"


async def _run(track: Track, race: Race) -> Run:
    """File, bring legal time to the instant, act while the part is killed, then let legal time pass."""
    office = track.office
    dossier = await office.file(race.slug, electronic=False)
    story = await office.story(dossier)
    due = story.now().silence_due()
    assert due is not None
    refusal = Decide(outcome=OUTCOME[race.slug], reasons_law="Texte", reasons_fact="Faits")
    command: Command = refusal
    if story.plan.clock.stopped_by == "notification":
        await office.fix(due - A_DAY)
        await office.act(dossier, refusal)
        command = Notify()
    await office.fix(due + timedelta(milliseconds=race.offset))
    acting = asyncio.create_task(_act(office, dossier, command))
    await track.kill(race.killed, race.after)
    refused = await acting
    await office.fix(due + A_DAY)
    return Run(race, dossier, due, refused)


async def _act(office: Office, dossier: UUID, command: Command) -> str:
    """Act until somebody answers, as a client does: the same command, once. The article when the law refuses it."""
    once = uuid4()
    async with asyncio.timeout(60):
        while True:
            try:
                await record(office.world.database, dossier, command, AGENT, version=None, command_id=once)
            except Refused as refused:
                return refused.article
            except AWAY:
                await asyncio.sleep(0.1)
            else:
                return ""


def _as_the_law_says(one: Run, dossier: Dossier, entries: list[Recorded], said: str) -> None:
    """Before the instant, no silence, ever; at the instant and after, one, dated of it, and what came late meets it."""
    race = one.race
    silences = [entry.event for entry in entries if isinstance(entry.event, SilenceTookEffect)]
    acts: list[str] = [entry.event.kind for entry in entries]
    stopped = "decided" if race.slug == "acces-documents" else "notified"
    stands = race.slug == "agrement-assistant-maternel" and race.offset >= 0
    assert ("L421-6" in one.refused) == bool(one.refused) == stands, said
    assert acts.count(stopped) == (not one.refused), said
    if race.offset < 0:
        assert (silences, dossier.stopped()) == ([], one.due - timedelta(milliseconds=1)), said
        return
    (silence,) = silences
    assert (silence.effect, silence.effective) == (EFFECT[race.slug], one.due), said
    if one.refused:
        assert dossier.status == "implied_acceptance", said
    else:
        assert dossier.stopped() == one.due + timedelta(milliseconds=race.offset), said


def _explained(one: Run, lines: tuple[Line, ...], said: str) -> None:
    """The birth of silence says whether it took effect, or what stopped it; and the status, what made it."""
    (born,) = (line for line in lines if line.key == "born")
    (status,) = (line for line in lines if line.about == "status")
    assert born.at == ended_by(one.due), said
    assert born.article, said
    told = "est sans objet" if one.race.offset < 0 else "a produit son effet"
    assert told in born.sentence, f"{said} {born}"
    assert ("silence_took_effect" in {line.key for line in lines}) == (one.race.offset >= 0), said
    assert status.article, said
    assert status.seq > 1, said
