"""The personal autonomy allowance at home, in time (CASF L232-14, R232-7, R232-23, R232-29)."""

from temporalio import workflow

from workflows.carrying import Carrying
from workflows.effects import Dossier


@workflow.defn(name="apa-domicile")
class ApaDomicile(Carrying):
    """Ten days to acknowledge, thirty to propose a plan, two months to notify, or a provisional flat rate is due."""

    @workflow.run
    async def run(self, dossier: Dossier) -> None:
        """From filing to the notified decision."""
        await self.carry(dossier, "completeness", "assessment", "proposal", "decision", "notice", "always")
