"""The reconciler: each minute it looks for what is late and signals it. It never settles, sends or decides.

So whatever is lost between PostgreSQL and Temporal (a signal, a timer, Temporal's whole database) is caught up.
"""

import asyncio

import structlog
from sqlalchemy.exc import SQLAlchemyError
from temporalio.client import Client
from temporalio.service import RPCError

from storage.documents.purge_remains import clear_every_remain
from storage.lists import lateness
from storage.objects.store import StoreUnavailable
from storage.register import campaigns, outbox
from storage.register.purge import finish_purges
from workers.activities.documents import look_over_documents, sweep_store
from workers.measures import LATE, OUTBOX_LAG, RECONCILED, RECONCILER_FAILURES
from workers.signals import Move, Signals
from workers.world import World
from workflows.queues import workflow_id

LOOKS_PER_SWEEP = 60  # the store's own list, each hour
EACH_MINUTE = 60.0
STUCK_ATTEMPTS = 3
WATCHED = 20
log = structlog.get_logger()


class Reconciler:
    """Runs until cancelled, whatever becomes of PostgreSQL, Temporal or S3."""

    def __init__(self, world: World, client: Client, *, late: float = lateness.LATE_SECONDS) -> None:
        self._world = world
        self._client = client
        self._signals = Signals(client, world.settings.task_queue_prefix)
        self._late = late
        self._looks = 0

    async def run(self) -> None:
        """Look, each minute."""
        while True:
            await asyncio.sleep(EACH_MINUTE)
            await self.once()

    async def once(self) -> int:
        """One look at everything; how many signals were sent. What cannot be reached is for the next look."""
        sent = 0
        looks = {
            "dossiers": self._dossiers,
            "outbox": self._outbox,
            "purges": self._purges,
            "documents": self._documents,
            "campaigns": self._campaigns,
        }
        for cause, look in looks.items():
            try:
                sent += await look()
            except (SQLAlchemyError, RPCError, StoreUnavailable, OSError) as error:
                RECONCILER_FAILURES.labels(cause=cause).inc()
                log.warning("reconciler_cannot_look", cause=cause, error=type(error).__name__)
        return sent

    async def _dossiers(self) -> int:
        causes: dict[str, list[lateness.Late]] = {}
        async with self._world.transaction() as connection:
            if not await lateness.alone(connection):
                return 0
            for cause in lateness.CAUSES:
                causes[cause] = await lateness.look(connection, cause, late=self._late)
        late: dict[str, lateness.Late] = {}
        for cause, found in causes.items():
            LATE.labels(cause=cause).set(len(found))
            RECONCILED.labels(cause=cause).inc(len(found))
            late.update((each.subject, each) for each in found)
        for each in late.values():
            await self._signals.tell(Move("dossier", each.subject, each.procedure))
        LATE.labels(cause="workflow_task_failing").set(await self._failing(list(late)[:WATCHED]))
        return len(late)

    async def _failing(self, subjects: list[str]) -> int:
        """Among late dossiers, how many have a workflow task that fails again and again: a fault of our code."""
        failing = 0
        for subject in subjects:
            told = await self._client.get_workflow_handle(workflow_id("dossier", subject)).describe()
            attempts = told.raw_description.pending_workflow_task.attempt
            if attempts > STUCK_ATTEMPTS:
                failing += 1
                log.error("workflow_task_failing", workflow=told.id, attempts=attempts)
        return failing

    async def _outbox(self) -> int:
        async with self._world.transaction() as connection:
            OUTBOX_LAG.set((await outbox.waiting(connection))[1])
            await outbox.forget_sent(connection)
        return 0

    async def _purges(self) -> int:
        """A key that outlived its purge (interrupted, or brought back by a backup), and what its store still holds."""
        if self._looks % LOOKS_PER_SWEEP:
            return 0
        if ended := await finish_purges(self._world.database):
            log.warning("purges_ended", keys=ended)
        await clear_every_remain(self._world.database, self._world.objects)
        return 0

    async def _campaigns(self) -> int:
        """Those with a moment to tell: a run is already about to, or was lost."""
        async with self._world.transaction() as connection:
            waiting = await campaigns.to_tell(connection)
        for campaign in waiting:
            await self._signals.tell(Move("campaign", str(campaign)))
        return len(waiting)

    async def _documents(self) -> int:
        if self._looks % LOOKS_PER_SWEEP == 0:
            await sweep_store(self._world)
        self._looks += 1
        found = await look_over_documents(self._world)
        for document in found.to_scan:
            await self._signals.tell(Move("document", str(document)))
        return len(found.to_scan)
