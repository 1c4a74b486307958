"""A document: scanned when the antivirus answers, however long it is away; then out of quarantine or condemned."""

from temporalio import workflow

from workflows import policies
from workflows.activity import ask
from workflows.effects import SCAN_DOCUMENT, Named


@workflow.defn(name="document")
class Document:
    """One scan of one document. What is still waiting after its attempts, the reconciler starts again."""

    @workflow.run
    async def run(self, document: Named) -> str:
        """Scan, and give the document's status afterwards."""
        return await ask(SCAN_DOCUMENT, document, policies.SCAN)
