"""The scan of documents, and the reconciliation of what PostgreSQL and the object store each say of them."""

from uuid import UUID

from temporalio import activity
from temporalio.exceptions import ApplicationError

from storage.documents.antivirus import Antivirus
from storage.documents.lost import tell_ceased
from storage.documents.reconciler import Reconciled, never_scanned, reconcile_documents, sweep_objects
from storage.documents.scan import scan_document
from storage.engine.database import WORKING
from storage.engine.keys import KeyDestroyed
from storage.objects.sealed_stream import BrokenStream
from storage.objects.store import ObjectMissing
from workers.measures import LATE
from workers.world import World
from workflows.effects import SCAN_DOCUMENT, Named


class DocumentActivities:
    """What the worker does to documents."""

    def __init__(self, world: World) -> None:
        self._world = world
        address = world.settings.clamd_address
        self._antivirus = Antivirus(address) if address else None

    @activity.defn(name=SCAN_DOCUMENT.name)
    async def scan_document(self, document: Named) -> str:
        """Scan one document; its status afterwards. Idempotent; fails, to be tried again, while clamd is away."""
        world = self._world
        try:
            status = await scan_document(world.database, world.objects, WORKING, self._antivirus, UUID(document.id))
        except (ObjectMissing, BrokenStream, KeyDestroyed) as error:
            raise ApplicationError("the content is gone", type="gone", non_retryable=True) from error
        if status == "infected":
            await tell_ceased(world.database, WORKING, only=UUID(document.id))
        return status


async def look_over_documents(world: World) -> Reconciled:
    """The reconciler's pass, each minute. `to_scan` are the documents whose workflow is to be signalled."""
    done = await reconcile_documents(world.database, world.objects, WORKING)
    LATE.labels("document_waiting").set(len(done.to_scan))
    if world.settings.clamd_address:
        done.to_scan += await never_scanned(world.database, WORKING)
    LATE.labels("document_lost").set(done.lost)
    if done.lost:
        await tell_ceased(world.database, WORKING)
    return done


async def sweep_store(world: World) -> Reconciled:
    """The reconciler's pass over the store's own list, each hour."""
    done = await sweep_objects(world.database, world.objects, WORKING)
    LATE.labels("object_without_row").set(len(done.orphans))
    await tell_ceased(world.database, WORKING)  # whom a crash kept from being told
    return done
