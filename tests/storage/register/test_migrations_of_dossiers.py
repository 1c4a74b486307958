"""A dossier taken to another version, on the real database: kept, verified, and read under the law it follows."""

from __future__ import annotations

import hashlib
from collections.abc import AsyncIterator
from dataclasses import replace
from typing import Any

import psycopg
import pytest
from uuid_utils.compat import uuid7

from domain.actors import Actor
from domain.calendar import Delay
from domain.messages import SendMessage
from domain.plan import Plan
from domain.refusals import Refused
from domain.serial import PLAN
from storage.engine.database import WORKING, Database
from storage.engine.settings import Settings
from storage.register import reading
from storage.register.door import Recorded, record
from storage.register.fold import story
from storage.register.verification import verify
from tests.domain.telling import plan
from tests.domain.test_migration import second, to
from tests.storage.filed import file, opened

AGENT = Actor(kind="agent", id=uuid7(), name="Agent")
LONGER: dict[str, Any] = {"clock": {"delay": Delay(months=9)}}


@pytest.fixture
async def app(settings: Settings) -> AsyncIterator[Database]:
    """The register as the API."""
    async with opened(settings, "app") as database:
        yield database


@pytest.fixture
async def worker(settings: Settings) -> AsyncIterator[Database]:
    """The register as the worker."""
    async with opened(settings, "worker") as database:
        yield database


async def migrated(app: Database, worker: Database, target: Plan) -> Recorded:
    """A dossier filed under the tests' plan, then taken to `target`."""
    filed = await file(app)
    return await record(worker, filed.id, to(target), AGENT, command_id=uuid7(), version=filed.version)


async def test_the_dossier_is_read_under_the_version_that_it_follows(app: Database, worker: Database) -> None:
    """By a process that never met that plan, and by who carries its effects."""
    done = await migrated(app, worker, second(plan(), **LONGER))
    worker.plans._read.clear()

    seen = await reading.read(worker, WORKING, done.id)
    async with worker.transaction(WORKING) as connection:
        told = await story(connection, worker.keys, done.id)

    assert seen.dossier.plan == second(plan(), **LONGER)
    assert (told.plan, told.now().plan) == (plan(), second(plan(), **LONGER))
    assert seen.dossier.silence_due() == done.dossier.silence_due()


async def test_the_clock_row_names_the_new_plan_and_the_dossier_keeps_both(
    app: Database, worker: Database, settings: Settings
) -> None:
    """What impact, forecast and queues read; the chain still begins on the plan of the filing."""
    done = await migrated(app, worker, second(plan(), **LONGER))
    query = (
        "SELECT d.plan, d.migrated_to, c.plan, p.version, c.due_at FROM dossier d JOIN clock c ON c.dossier = d.id"
        " JOIN pinned_plan p ON p.sha256 = c.plan WHERE d.id = %s"
    )
    with psycopg.connect(settings.database_url) as owner:
        owner.execute("SET row_security = off")
        pinned, to_, clock, version, due = owner.execute(query, [done.id]).fetchone() or ()

    assert pinned == hashlib.sha256(PLAN.dump_json(plan())).digest()
    assert (to_, version) == (clock, 2)
    assert due == done.dossier.silence_due()


async def test_the_chain_verifies_to_the_stored_state_before_and_after_other_acts(
    app: Database, worker: Database
) -> None:
    """Migrated twice, with acts between: one chain, folded from the plan of the filing."""
    done = await migrated(app, worker, second(plan(), **LONGER))
    message = SendMessage(sender="agent", text="Bonjour")
    await record(worker, done.id, message, AGENT, command_id=uuid7())
    third = replace(second(plan(), clock={"delay": Delay(months=5)}), version=3)
    await record(worker, done.id, to(third, "law_at_filing"), AGENT, command_id=uuid7())

    verdict = await verify(worker, done.id)

    assert verdict.intact, verdict.sentence


async def test_a_dossier_that_follows_what_no_act_said_does_not_verify(
    app: Database, worker: Database, settings: Settings
) -> None:
    """Somebody who writes in the database cannot change the law of a dossier."""
    done = await migrated(app, worker, second(plan(), **LONGER))
    with psycopg.connect(settings.database_url) as owner:
        owner.execute("SET row_security = off")
        owner.execute("UPDATE dossier SET migrated_to = NULL WHERE id = %s", [done.id])

    verdict = await verify(worker, done.id)

    assert verdict.broken is not None
    assert verdict.broken.kind == "plan"


async def test_the_same_act_again_gives_the_same_events_and_moves_nothing(app: Database, worker: Database) -> None:
    """Idempotent by its command, replayed from the plan of the filing."""
    filed, command = await file(app), uuid7()
    target = second(plan(), **LONGER)
    first = await record(worker, filed.id, to(target), AGENT, command_id=command)
    again = await record(worker, filed.id, to(target), AGENT, command_id=command)

    assert again.replayed
    assert (again.events, again.dossier, again.version) == (first.events, first.dossier, first.version)


async def test_a_migration_refused_changes_nothing(app: Database, worker: Database) -> None:
    """The plan is not even kept."""
    filed = await file(app)
    with pytest.raises(Refused, match="suit déjà"):
        await record(worker, filed.id, to(plan()), AGENT, command_id=uuid7())

    seen = await reading.read(worker, WORKING, filed.id)
    assert (seen.dossier.plan, seen.header.migrated_to) == (plan(), None)
