"""The personal autonomy allowance at home, in time (CASF L232-14, R232-7, R232-23, R232-29)."""

from __future__ import annotations

from temporalio import workflow

from workflows.carrying import Carrying
from workflows.effects import Dossier
from workflows.steps import always, assessment, completeness, decision, notice, proposal


@workflow.defn(name="apa-domicile")
class ApaDomicile(Carrying):
    """Ten days to acknowledge, thirty to propose a plan, two months to notify, or a provisional flat rate is due."""

    @workflow.run
    async def run(self, dossier: Dossier) -> None:
        """From filing to the notified decision."""
        await self.carry(
            dossier,
            completeness.acknowledge_then_wait,
            assessment.invite_and_remind,
            proposal.send_then_await_the_answer,
            decision.warn_before_the_last_useful_day,
            notice.deliver_until_read_or_deemed,
            always.keep_everybody_informed,
        )
