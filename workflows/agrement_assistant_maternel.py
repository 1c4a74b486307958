"""The agrément of a childminder, in time (CASF L421-6, D421-11, D421-15)."""

from temporalio import workflow

from workflows.carrying import Carrying
from workflows.effects import Dossier


@workflow.defn(name="agrement-assistant-maternel")
class AgrementAssistantMaternel(Carrying):
    """Three months to be notified, or the agrément is acquired and its attestation leaves by itself."""

    @workflow.run
    async def run(self, dossier: Dossier) -> None:
        """From filing to the notified decision, or to the acquired agrément."""
        await self.carry(dossier, "completeness", "assessment", "decision", "notice", "always")
