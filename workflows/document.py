"""A document: scanned once it has come whole, tried again while the scanner is away."""

from __future__ import annotations

from temporalio import workflow
from temporalio.exceptions import ActivityError

from workflows import policies
from workflows.asking import ask
from workflows.effects import SCAN_DOCUMENT, Named


@workflow.defn(name="document")
class Document:
    """Until it is clean or "not scanned", nobody opens it; given up, it waits for the reconciler's next signal."""

    @workflow.run
    async def run(self, document: Named) -> str:
        """Scan, and say what became of it: a code."""
        try:
            return await ask(SCAN_DOCUMENT, document, policies.SCAN)
        except ActivityError:
            return "waiting"
