"""Incidents: what the machine gave up, or may not judge, is put before the agents; nothing fails in silence."""

from uuid import UUID

from temporalio import activity

from storage.engine.keys import KeyDestroyed
from storage.engine.legal_time import legal_now
from storage.register import effects
from storage.register.fold import Story, story
from storage.register.incidents import open_incident
from workers.activities.emails import write_to_agents
from workers.activities.standing import SUPERSEDED, once
from workers.put_before_agents import put_before_agents
from workers.world import World
from workflows.effects import GIVE_UP, REPORT_INCIDENT, Task, Trouble


class IncidentActivities:
    """The ways out when a thing cannot be done."""

    def __init__(self, world: World) -> None:
        self._world = world

    @activity.defn(name=GIVE_UP.name)
    async def give_up(self, trouble: Trouble) -> str:
        """Mark the effect as failed, open its incident, have the agents told."""
        task = trouble.task
        dossier, thing = UUID(task.dossier), task.thing
        async with self._world.transaction() as connection:
            try:
                told = await story(connection, self._world.database.keys, dossier)
            except KeyDestroyed:
                purged = {"step": thing.step, "code": "purged"}
                await effects.end(connection, dossier, thing.seq, thing.kind, SUPERSEDED, **purged)
                return SUPERSEDED
            await effects.end(connection, dossier, thing.seq, thing.kind, "failed", step=thing.step, code=trouble.code)
            await put_before_agents(connection, told, thing.seq, thing.kind, code=trouble.code)
        self._world.database.nudge()
        return "open"

    @activity.defn(name=REPORT_INCIDENT.name)
    async def report_incident(self, task: Task) -> str:
        """Open the incident that an event itself calls for (a silence voided by a late fact)."""
        return await once(self._world, task, self._report)

    async def _report(self, told: Story, task: Task) -> str:
        thing = task.thing
        async with self._world.transaction() as connection:
            at = await legal_now(connection)
            await open_incident(connection, told.id, thing.seq, thing.kind, code=thing.kind.partition(":")[2], at=at)
        return await write_to_agents(self._world, told, thing.seq, thing.kind)
