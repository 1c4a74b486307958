"""Access to administrative documents, in time (CRPA L311-14, R*311-12, R311-13, R343-1)."""

from temporalio import workflow

from workflows.carrying import Carrying
from workflows.effects import Dossier


@workflow.defn(name="acces-documents")
class AccesDocuments(Carrying):
    """One month to answer, or the request is refused; an express decision may still come."""

    @workflow.run
    async def run(self, dossier: Dossier) -> None:
        """From filing to the notified decision."""
        await self.carry(dossier, "completeness", "decision", "notice", "always")
