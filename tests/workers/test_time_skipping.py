"""Timers alone, with no signal, fire over three months of Temporal's own time."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from uuid import UUID

from temporalio.api.enums.v1 import EventType
from temporalio.testing import TimeSkipper

from domain.effects import reminders
from domain.silence import SilenceTookEffect
from tests.workers.office import Office


async def test_three_months_later_a_timer_alone_settles_the_silence(office: Office) -> None:
    """The law's clock is put at each target beforehand, without a signal: only the timer can wake the run."""
    skipper = TimeSkipper(office.client)
    dossier = await office.file("agrement-assistant-maternel")
    told = (await office.story(dossier)).now()
    filed, due = told.filed, told.silence_due()
    assert filed is not None
    assert due is not None
    start = filed + timedelta(minutes=1)
    await office.fix(start)
    ahead = [each.at for each in reminders(told) if each.at > start]
    with skipper.with_time_skipping_disabled():
        async with office.working(relay=skipper.client):
            await office.until(lambda: more_than(office, dossier, 0))
            handle = office.workflow(dossier)
            began = await skipper.get_current_time(handle)
            for before, target in zip([start, *ahead], [*ahead, due], strict=True):
                sent = len(await reminded(office, dossier))
                await office.fix(target, wake=False)
                await skipper.fast_forward(handle, target - before)
                if target != due:
                    await office.until(partial(more_than, office, dossier, sent))
            await office.until(lambda: silences(office, dossier))
            await office.settled(dossier)
            assert (await skipper.get_current_time(handle) - began).days >= 90
    (silence,) = await silences(office, dossier)
    assert silence.effective == due
    history = await office.workflow(dossier).fetch_history()
    signals = [e for e in history.events if e.event_type == EventType.EVENT_TYPE_WORKFLOW_EXECUTION_SIGNALED]
    fired = [e for e in history.events if e.event_type == EventType.EVENT_TYPE_TIMER_FIRED]
    assert len(fired) == len(ahead) + 1
    assert signals[-1].event_id < fired[0].event_id or signals[-1].event_id > fired[-1].event_id


async def silences(office: Office, dossier: UUID) -> list[SilenceTookEffect]:
    """Every silence of the journal."""
    told = await office.story(dossier)
    return [entry.event for entry in told.entries if isinstance(entry.event, SilenceTookEffect)]


async def reminded(office: Office, dossier: UUID) -> list[object]:
    """The reminders sent."""
    return await office.rows(
        "SELECT kind FROM effect WHERE dossier = :d AND position = -1 AND status = 'done'", d=dossier
    )


async def more_than(office: Office, dossier: UUID, sent: int) -> bool:
    """Whether one more reminder was sent, and the run sleeps again: its last look came after it.

    The look that finds a reminder to send already notes when the next one is; until it has looked again, the run is
    awake, and would see the clock that the test moves.
    """
    asleep = await office.rows(
        "SELECT 1 FROM carried c WHERE c.dossier = :d AND c.wake_at IS NOT NULL AND c.at >"
        " (SELECT max(done_at) FROM effect WHERE dossier = :d AND position = -1 AND status = 'done')",
        d=dossier,
    )
    return bool(asleep) and len(await reminded(office, dossier)) > sent
