"""Appeals: the dossier whose decision is attacked hears of it, and of how it ended, through the one door."""

from uuid import UUID, uuid5

from sqlalchemy import select
from temporalio import activity

from domain.actors import WORKER
from domain.contest import ConcludeAppeal, LodgeAppeal, conclusion_of
from domain.pointers import at_pointer
from domain.refusals import Refused
from storage.engine.keys import KeyDestroyed
from storage.register.door import record
from storage.register.fold import Story
from storage.register.lock import Purged
from storage.tables.dossiers import dossier
from workers.activities.standing import once
from workers.world import World
from workflows.effects import TELL_ATTACKED, Task

NOT_OURS = "not_ours"
"""The decision attacked is no dossier of that person here: nothing to tell."""
NOT_ADMITTED = "not_admitted"


class AppealActivities:
    """What `appeal:<what>` effects become."""

    def __init__(self, world: World) -> None:
        self._world = world

    @activity.defn(name=TELL_ATTACKED.name)
    async def tell_attacked(self, task: Task) -> str:
        """Record on the dossier attacked that it is, or how that ended; the second time, nothing."""
        return await once(self._world, task, self._tell)

    async def _tell(self, told: Story, task: Task) -> str:
        attacked, command = await self._attacked(told), command_of(told, task)
        if attacked is None or command is None:
            return NOT_OURS
        command_id = uuid5(attacked, f"{told.id}/{task.thing.kind}")
        try:
            await record(self._world.database, attacked, command, WORKER, version=None, command_id=command_id)
        except (Refused, Purged, KeyDestroyed):
            return NOT_ADMITTED
        return ""

    async def _attacked(self, told: Story) -> UUID | None:
        """The dossier that the form names by its reference, if it is the same person's."""
        contests, form = told.plan.contests, told.now().form
        reference = at_pointer(form, contests.reference) if contests is not None else None
        wanted = select(dossier.c.id).where(
            dossier.c.reference == str(reference or ""), dossier.c.resident == told.resident, dossier.c.id != told.id
        )
        async with self._world.transaction() as connection:
            return (await connection.execute(wanted)).scalar()


def command_of(told: Story, task: Task) -> LodgeAppeal | ConcludeAppeal | None:
    """What to record, as of the entry that calls for it; None when the appeal is not what its plan says."""
    then = told.as_of(task.thing.seq)
    contests = told.plan.contests
    if contests is None or then.filed is None:
        return None
    if task.thing.kind == "appeal:lodged":
        return LodgeAppeal(appeal=told.id, of=contests.kind, filed=then.filed)
    conclusion = conclusion_of(then)
    if conclusion is None:
        return None
    return ConcludeAppeal(appeal=told.id, conclusion=conclusion, ended=told.event(task.thing.seq).effective)
