"""The scan of documents, and the reconciliation of what PostgreSQL and the object store each say of them."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from temporalio import activity
from temporalio.exceptions import ApplicationError

from storage.antivirus import Antivirus
from storage.database import WORKING, Database
from storage.document_reconciler import Reconciled, reconcile_documents, sweep_objects
from storage.document_scan import scan_document
from storage.keys import KeyDestroyed
from storage.objects import ObjectMissing, ObjectStore
from storage.sealed_stream import BrokenStream
from workflows.effects import SCAN_DOCUMENT, Named


@dataclass(frozen=True, slots=True)
class DocumentActivities:
    """What is done to documents by the worker; `antivirus` is None when no clamd is configured."""

    database: Database
    store: ObjectStore
    antivirus: Antivirus | None

    @activity.defn(name=SCAN_DOCUMENT.name)
    async def scan_document(self, document: Named) -> str:
        """Scan one document; its status afterwards. Idempotent; fails, to be tried again, while clamd is away."""
        try:
            return await scan_document(self.database, self.store, WORKING, self.antivirus, UUID(document.id))
        except (ObjectMissing, BrokenStream, KeyDestroyed) as error:
            raise ApplicationError("the content is gone", type="gone", non_retryable=True) from error

    async def reconcile(self) -> Reconciled:
        """One pass, each minute. `to_scan` are the documents whose workflow is to be signalled."""
        return await reconcile_documents(self.database, self.store, WORKING)

    async def sweep(self) -> Reconciled:
        """One pass over the store's own list, each hour."""
        return await sweep_objects(self.database, self.store, WORKING)


def antivirus_of(address: str | None) -> Antivirus | None:
    """The scanner at CLAMD_ADDRESS, if there is one."""
    return Antivirus(address) if address else None
