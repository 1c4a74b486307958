"""Open data: the row of what was granted, made from the sealed dossier once it is public by law."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from temporalio import activity

from catalogue.departement import departement
from domain.open_data import ENDING, NotPublished, granted
from domain.steps.convention import ConventionSent
from storage.lists import open_data
from storage.register.fold import Story
from workers.activities.standing import once
from workers.world import World
from workflows.effects import PUBLISH_GRANT, Task


class OpenDataActivities:
    """What `open_data:granted` effects become."""

    def __init__(self, world: World) -> None:
        self._world = world

    @activity.defn(name=PUBLISH_GRANT.name)
    async def publish_grant(self, task: Task) -> str:
        """Keep the row as of the entry; the effect's code says why there is none."""
        return await once(self._world, task, self._publish)

    async def _publish(self, told: Story, task: Task) -> str:
        seq = task.thing.seq
        threshold = Decimal(departement().publish_grants_from)
        try:
            row = granted(told.as_of(seq), convention_of(told, seq), threshold)
        except NotPublished as why:
            if told.event(seq).kind in ENDING:
                async with self._world.transaction() as connection:
                    await open_data.take_down(connection, told.id, seq)
            return why.code
        async with self._world.transaction() as connection:
            await open_data.keep(connection, told.id, row, reference=told.reference, procedure=told.procedure, seq=seq)
        return ""


def convention_of(told: Story, seq: int) -> Mapping[str, Any]:
    """The content of the convention last sent before entry `seq`; empty without one."""
    sent = [entry.event for entry in told.entries if entry.seq <= seq and isinstance(entry.event, ConventionSent)]
    return sent[-1].content if sent else {}
