"""A campaign in time: agents are told of its opening, its closing, the vote and its morrow, each once."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from functools import partial
from uuid import UUID

from domain.calendar import civil, midnight
from domain.campaign import BEFORE_VOTE, Campaign
from storage.engine.database import WORKING
from storage.engine.legal_time import legal_now
from storage.register import campaigns, outbox
from tests.ending import ended
from tests.workers.office import Office

A_DAY = timedelta(days=1)


async def planned(office: Office, *, opens: timedelta = A_DAY, vote: timedelta = 40 * A_DAY) -> Campaign:
    """A campaign of ten days, its workflow asked for."""
    async with office.owner.transaction(WORKING) as connection:
        now = await legal_now(connection)
        made = await campaigns.plan_campaign(
            connection,
            procedure="acces-documents",
            title="Hiver",
            opens=now + opens,
            closes=now + opens + 10 * A_DAY,
            session=civil(now + vote),
            budget=Decimal("1000.00"),
            by=None,
        )
        await outbox.add(connection, "campaign", str(made.id))
    return made


async def test_agents_are_told_of_each_moment_until_the_morrow_of_the_vote(office: Office) -> None:
    await office.agent("prada", "acces-documents")
    async with office.working():
        made = await planned(office)
        session = midnight(made.session)
        handle = office.client.get_workflow_handle(f"campaign/{made.id}")
        await office.until(lambda: _standing(office, made.id, "planned"))
        assert _told(office) == []
        for at, count in ((made.opens, 1), (made.closes, 2), (session - BEFORE_VOTE, 3), (session + A_DAY, 4)):
            await office.fix(at - timedelta(seconds=1))
            await office.fix(at)
            await office.until(partial(_so_many, office, count))
        assert await ended(handle) == "voted"
    for said in (
        "est ouverte jusqu'au",
        "est close. Demandes déposées : 0",
        "est soumise au vote le",
        "devait être votée le",
    ):
        assert sum(said in told for told in _told(office)) == 1, said


async def test_after_a_long_sleep_only_the_last_moment_is_told(office: Office) -> None:
    """The counter was away from before the opening until after the vote."""
    await office.agent("prada", "acces-documents")
    made = await planned(office)
    await office.fix(midnight(made.session) + 3 * A_DAY, wake=False)
    async with office.working():
        await office.until(lambda: _so_many(office, 1))
        assert await ended(office.client.get_workflow_handle(f"campaign/{made.id}")) == "voted"
    (told,) = _told(office)
    assert "devait être votée" in told


async def test_a_run_begun_again_tells_nothing_twice(office: Office) -> None:
    """What was told is in PostgreSQL, not in the run: Temporal may have forgotten everything."""
    await office.agent("prada", "acces-documents")
    async with office.working():
        made = await planned(office, opens=timedelta(0))
        await office.until(lambda: _so_many(office, 1))
        handle = office.client.get_workflow_handle(f"campaign/{made.id}")
        await office.until(lambda: _standing(office, made.id, "opened"))
        await handle.terminate("forgotten")
        async with office.owner.transaction(WORKING) as connection:
            await outbox.add(connection, "campaign", str(made.id))
        await office.until(lambda: _running(office, made.id))
        await office.until(lambda: _standing(office, made.id, "opened"))
    assert len(_told(office)) == 1


async def test_a_run_lost_with_temporal_s_database_is_begun_again_by_the_reconciler(office: Office) -> None:
    """Its moment comes while nobody waits for it."""
    await office.agent("prada", "acces-documents")
    async with office.working():
        made = await planned(office)
        await office.until(lambda: _standing(office, made.id, "planned"))
        await office.client.get_workflow_handle(f"campaign/{made.id}").terminate("lost")
        await office.fix(made.opens, wake=False)
        assert await office.reconciler().once() == 1
        await office.until(lambda: _so_many(office, 1))
        await office.until(lambda: _noted(office))
        assert await office.reconciler().once() == 0


async def _noted(office: Office) -> bool:
    return bool(await office.rows("SELECT 1 FROM campaign WHERE told = '{opened}'"))


def _told(office: Office) -> list[str]:
    found = [mail.get_payload(decode=True) for mail in office.mails() if mail["Subject"] == "Campagne : Hiver"]
    return [body.decode() for body in found if isinstance(body, bytes)]


async def _so_many(office: Office, count: int) -> bool:
    return len(_told(office)) == count


async def _standing(office: Office, campaign: UUID, state: str) -> bool:
    found = [each async for each in office.client.list_workflows(f'WorkflowId = "campaign/{campaign}"')]
    return bool(found) and await office.client.get_workflow_handle(found[0].id).query("where_it_stands") == state


async def _running(office: Office, campaign: UUID) -> bool:
    query = f'WorkflowId = "campaign/{campaign}" AND ExecutionStatus = "Running"'
    return bool([each async for each in office.client.list_workflows(query)])
