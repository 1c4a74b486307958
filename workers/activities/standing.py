"""Before anything leaves: has it been done, does it still stand? After: how it ended. Shared by every effect."""

from collections.abc import Awaitable, Callable
from typing import Final
from uuid import UUID

from temporalio.exceptions import ApplicationError

from domain.calendar import Instant
from domain.effects import reminders, stands
from storage.engine.keys import KeyDestroyed
from storage.engine.legal_time import legal_now
from storage.register import effects
from storage.register.fold import Story, story
from workers.world import World
from workflows.effects import Task

DONE: Final = "done"
SUPERSEDED: Final = "superseded"
Doing = Callable[[Story, Task], Awaitable[str]]


class Hopeless(ApplicationError):
    """Trying again would not help: `type` is a code, nothing personal is said."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message, type=code, non_retryable=True)


async def once(world: World, task: Task, doing: Doing) -> str:
    """Do `task` unless it was done before or makes no sense any more; write down how it ended.

    `doing` gives a code that is kept with the row (empty: nothing to say). It may run twice when the process dies
    between the doing and the writing: what it sends carries an id made from the dossier, the entry and the kind.
    """
    dossier, thing = UUID(task.dossier), task.thing
    async with world.transaction() as connection:
        status = await effects.status(connection, dossier, thing.seq, thing.kind)
        if status in {"done", "superseded"}:
            return status
        try:
            told = await story(connection, world.database.keys, dossier)
        except KeyDestroyed:
            await effects.end(connection, dossier, thing.seq, thing.kind, SUPERSEDED, step=thing.step, code="purged")
            return SUPERSEDED
        if not _stands(told, task, await legal_now(connection)):
            if thing.what == "effect":
                await effects.end(connection, dossier, thing.seq, thing.kind, SUPERSEDED, step=thing.step)
            return SUPERSEDED
    code = await doing(told, task)
    async with world.transaction() as connection:
        await effects.end(connection, dossier, thing.seq, thing.kind, DONE, step=thing.step, code=code or None)
    return DONE


def _stands(told: Story, task: Task, now: Instant) -> bool:
    """A reminder must still be called for, and its day have come; an effect must not have been overtaken."""
    thing = task.thing
    if thing.what == "reminder":
        return any(
            each.kind == thing.kind and each.seq == thing.seq and each.at <= now for each in reminders(told.now())
        )
    return stands(told.now(), thing.kind, thing.seq)
