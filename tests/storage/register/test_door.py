"""The one door, on the real database: once, in order, at the legal instant, and never half."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta
from uuid import UUID

import pytest
from uuid_utils.compat import uuid7

from domain.actors import WORKER, Actor
from domain.in_charge import Take
from domain.messages import SendMessage
from domain.refusals import Refused
from domain.silence import Settle
from domain.steps.decision import Decide
from storage.engine import legal_time
from storage.engine.database import Database
from storage.engine.settings import Settings
from storage.register.door import Stale, record
from storage.register.idempotency import OtherBody
from tests.storage.filed import file

AGENT = Actor(kind="agent", id=UUID(int=7), name="Agent")


@pytest.fixture
async def worker(settings: Settings) -> AsyncIterator[Database]:
    """The register as the worker: it sees every dossier."""
    database = Database(settings, "worker")
    yield database
    await database.close()


@pytest.fixture
async def app(settings: Settings) -> AsyncIterator[Database]:
    """The register as the API."""
    database = Database(settings, "app")
    yield database
    await database.close()


async def test_filing_is_one_transaction_and_gives_the_dates(app: Database) -> None:
    """The same id as the draft's; the state is the fold of its events."""
    recorded = await file(app)
    assert [event.kind for event in recorded.events] == ["filed", "received_by_competent", "completed"]
    assert recorded.dossier.silence_due() is not None
    assert recorded.version == 3


async def test_a_command_is_recorded_once(app: Database, worker: Database) -> None:
    """The same id again gives the same result; for something else it is refused."""
    filed = await file(app)
    command, id_ = Take(agent=AGENT.id or UUID(int=0)), uuid7()
    first = await record(worker, filed.id, command, AGENT, command_id=id_)
    again = await record(worker, filed.id, command, AGENT, command_id=id_)

    assert (first.version, again.version, again.replayed) == (4, 4, True)
    assert again.events == first.events
    with pytest.raises(OtherBody):
        await record(worker, filed.id, SendMessage(sender="agent", text="Bonjour"), AGENT, command_id=id_)


async def test_two_agents_at_once_one_acts(app: Database, worker: Database) -> None:
    """Both saw version 3; the second is stale."""
    filed = await file(app)
    decisions = [
        record(worker, filed.id, Decide(outcome="oui"), AGENT, version=3, command_id=uuid7()) for _ in range(2)
    ]
    done = await asyncio.gather(*decisions, return_exceptions=True)

    assert sorted(type(each).__name__ for each in done) == ["Recorded", "Stale"]
    assert any(isinstance(each, Stale) and each.version == 4 for each in done)


async def test_what_the_law_did_makes_nobody_stale_and_is_kept_when_the_act_is_refused(
    own_settings: Settings,
) -> None:
    """A refusal signed after the acceptance: refused, and the acceptance is written at its own instant."""
    # A database of its own: its clock moves by months.
    app, worker, owner = (
        Database(own_settings, "app"),
        Database(own_settings, "worker"),
        Database(own_settings, "owner", size=1),
    )
    try:
        filed = await file(app)
        due = filed.dossier.silence_due()
        assert due is not None
        await legal_time.move_clock(owner, due + timedelta(hours=1))
        refusal = Decide(outcome="non", reasons_law="a", reasons_fact="b")
        with pytest.raises(Refused, match="L421-6"):
            await record(worker, filed.id, refusal, AGENT, version=filed.version, command_id=uuid7())

        after = await record(worker, filed.id, Settle(), WORKER, command_id=uuid7())
    finally:
        for each in (app, worker, owner):
            await each.close()

    assert after.dossier.status == "implied_acceptance"
    assert after.dossier.silence is not None
    assert after.dossier.silence.since == due
    assert after.version == filed.version + 1
