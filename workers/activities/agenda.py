"""What comes next, read from PostgreSQL: nothing here is decided, and nothing is sent."""

from uuid import UUID

from temporalio import activity

from domain.calendar import Instant
from domain.due import Due
from domain.effect import Reminder
from domain.effects import reminders
from domain.kernel import next_due
from storage.engine.keys import KeyDestroyed
from storage.engine.legal_time import legal_now
from storage.register import effects
from storage.register.effects import Pending
from storage.register.fold import UnknownDossier, story
from storage.register.overtaken_due import put_right
from workers.world import World
from workflows.effects import STEPS_OF_PLAN, WHAT_NEXT, Agenda, Dossier, Thing

AT_ONCE = 50
"""Things, and e-mails, handed over at one look; what remains is for the next."""


class AgendaActivities:
    """The looks that a workflow takes at its dossier."""

    def __init__(self, world: World) -> None:
        self._world = world

    @activity.defn(name=WHAT_NEXT.name)
    async def what_next(self, dossier: Dossier) -> Agenda:
        """The agenda of a dossier; empty and final when it is unknown here, or purged."""
        id = UUID(dossier.id)
        async with self._world.transaction() as connection:
            try:
                told = await story(connection, self._world.database.keys, id)
            except (UnknownDossier, KeyDestroyed):
                return Agenda()
            now = await legal_now(connection)
            waiting = await effects.pending(connection, id)
            state = told.now()
            sent = await effects.reminded(connection, id)
            ahead = [each for each in reminders(state) if (each.kind, each.seq) not in sent]
            agenda = agenda_of(told.version, now, next_due(state), waiting, ahead)
            if not agenda.things:
                await put_right(connection, id, state)
            up_to = waiting[0].seq - 1 if waiting else told.version
            await effects.note_carried(connection, id, up_to, agenda.wait)
        return agenda

    @activity.defn(name=STEPS_OF_PLAN.name)
    async def steps_of_plan(self, dossier: Dossier) -> list[str]:
        """The kinds of the steps of the plan that a dossier follows, in order."""
        async with self._world.transaction() as connection:
            told = await story(connection, self._world.database.keys, UUID(dossier.id))
        return [step.kind for step in told.now().plan.steps]


def agenda_of(version: int, now: Instant, due: Due | None, waiting: list[Pending], ahead: list[Reminder]) -> Agenda:
    """What to do now, or how long to wait: the law's own effects first, then the journal's in order, then reminders."""
    if due is not None and due.at <= now:
        return Agenda(version, [Thing("settle", due.what.step, due.kind, version)])
    things = [Thing("effect", each.step, each.kind, each.seq) for each in waiting if each.seconds <= 0]
    things += [Thing("reminder", each.step, each.kind, each.seq) for each in ahead if each.at <= now]
    waits = [each.seconds for each in waiting if each.seconds > 0]
    waits += [(each.at - now).total_seconds() for each in ahead if each.at > now]
    if due is not None:
        waits.append((due.at - now).total_seconds())
    return Agenda(version, _page(things), wait=max(0.001, min(waits)) if waits else None)


def _page(things: list[Thing]) -> list[Thing]:
    """As many as one look hands over, in order: however many e-mails wait for a server, the rest goes by."""
    room = {True: AT_ONCE, False: AT_ONCE}
    page = []
    for thing in things:
        room[thing.writes] -= 1
        if room[thing.writes] >= 0:
            page.append(thing)
    return page
