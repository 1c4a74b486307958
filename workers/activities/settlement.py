"""Settlement: the register writes down what the law made happen; this only asks it to."""

from uuid import UUID, uuid5

from temporalio import activity

from domain.actors import WORKER
from domain.silence import Settle
from storage.engine.keys import KeyDestroyed
from storage.register.door import record
from storage.register.lock import Purged
from workers.activities.standing import DONE, SUPERSEDED
from workers.world import World
from workflows.effects import SETTLE, Task


class SettlementActivities:
    """What is due, made durable."""

    def __init__(self, world: World) -> None:
        self._world = world

    @activity.defn(name=SETTLE.name)
    async def settle(self, task: Task) -> str:
        """Record `Settle`: each event it gives has its own legal instant, whenever this runs."""
        dossier, thing = UUID(task.dossier), task.thing
        command_id = uuid5(dossier, f"settle/{thing.kind}/{thing.seq}")
        try:
            await record(self._world.database, dossier, Settle(), WORKER, version=None, command_id=command_id)
        except (KeyDestroyed, Purged):
            return SUPERSEDED
        return DONE
