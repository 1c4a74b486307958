"""The three proofs that Temporal carries, and only carries (docs/workflows.md)."""

from __future__ import annotations

import asyncio
from uuid import UUID

import pytest
from temporalio.api.enums.v1 import EventType

from domain.effects import effects_of
from domain.messages import SendMessage
from tests.ending import stopped
from tests.workers.maimed import MAIMED, Removed
from tests.workers.office import Office, in_vain
from tests.workers.stories import STEPS, through_every_step, to_its_silence
from workers.main import serve

NOWHERE = "127.0.0.1:9"
REMOVALS = [(slug, step) for slug, steps in STEPS.items() for step in steps]


async def test_with_temporal_off_nothing_settles_reminds_or_notifies_and_acts_still_succeed(office: Office) -> None:
    away = office.world.settings.model_copy(update={"temporal_address": NOWHERE})
    stop = asyncio.Event()
    dossier = await office.file("agrement-assistant-maternel")
    await to_its_silence(office, dossier)
    async with in_vain(office):
        serving = asyncio.create_task(serve(away, stop=stop))
    assert set((await office.effects(dossier)).values()) == {"pending"}
    assert [entry.event.kind for entry in (await office.story(dossier)).entries] == [
        "filed", "received_by_competent", "completed",
    ]  # fmt: skip
    assert office.mails() == []
    recorded = await office.act(dossier, SendMessage(sender="agent", text="Où en est-on ?"))
    assert [event.kind for event in recorded.events] == ["silence_took_effect", "message_sent"]
    await stopped(serving, stop)
    async with office.working():
        assert set((await office.settled(dossier)).values()) == {"done"}


@pytest.mark.parametrize("slug", STEPS)
async def test_the_steps_and_effects_read_from_the_history_are_those_of_the_journal(office: Office, slug: str) -> None:
    async with office.working():
        dossier = await through_every_step(office, slug)
        await office.settled(dossier)
        carried = await _carried(office, dossier)
        standing = await office.workflow(dossier).query("where_it_stands")
    told = await office.story(dossier)
    of_the_journal = [
        f"{entry.seq}/{effect.kind}"
        for entry in told.entries
        for effect in effects_of(told.as_of(entry.seq), entry.event)
    ]
    assert carried == of_the_journal
    assert standing["seq"] == told.version
    assert set(standing["steps"]) == {*(step.kind for step in told.plan.steps), "always"}


@pytest.mark.parametrize("slug", STEPS)
async def test_every_step_of_a_procedure_has_its_effects_carried(office: Office, slug: str) -> None:
    """Fails when a block is removed from the workflow: the tests below remove each of them and see it."""
    async with office.working():
        dossier = await through_every_step(office, slug)
        await office.settled(dossier)
    assert await _steps_left_undone(office, dossier) == set()
    assert await _steps_done(office, dossier) == set(STEPS[slug])


@pytest.mark.parametrize(("slug", "step"), REMOVALS)
async def test_a_removed_block_leaves_its_step_undone_and_says_so(office: Office, slug: str, step: str) -> None:
    Removed.step = step
    async with office.working(instead=MAIMED):
        dossier = await through_every_step(office, slug)
        await office.settled(dossier)
    assert await _steps_left_undone(office, dossier) == {step}
    codes = await office.rows("SELECT DISTINCT code FROM incident WHERE dossier = :d", d=dossier)
    assert [row.code for row in codes] == ["step_without_block"]


async def _carried(office: Office, dossier: UUID) -> list[str]:
    """What the history of the dossier's runs says was carried, in order: the ids of its activities."""
    found: dict[str, None] = {}
    history = await office.workflow(dossier).fetch_history()
    for event in history.events:
        if event.event_type == EventType.EVENT_TYPE_ACTIVITY_TASK_SCHEDULED:
            what, _, rest = event.activity_task_scheduled_event_attributes.activity_id.partition("/")
            if what == "effect":
                found[rest] = None
    return list(found)


async def _steps_left_undone(office: Office, dossier: UUID) -> set[str]:
    rows = await office.rows("SELECT DISTINCT step FROM effect WHERE dossier = :d AND status <> 'done'", d=dossier)
    return {row.step for row in rows}


async def _steps_done(office: Office, dossier: UUID) -> set[str]:
    rows = await office.rows("SELECT DISTINCT step FROM effect WHERE dossier = :d AND status = 'done'", d=dossier)
    return {row.step for row in rows}
