"""A procedure without a file of its own: the same blocks, in the order of its plan."""

from __future__ import annotations

from collections.abc import Sequence

from temporalio import workflow
from temporalio.common import RawValue

from workflows import policies
from workflows.asking import ask
from workflows.carrying import Block, Carrying
from workflows.effects import STEPS_OF_PLAN, Dossier
from workflows.steps import (
    always,
    assessment,
    completeness,
    convention,
    decision,
    notice,
    opinion,
    payment,
    proposal,
    report,
    visa,
)

BLOCKS = (
    completeness.acknowledge_then_wait,
    assessment.invite_and_remind,
    proposal.send_then_await_the_answer,
    opinion.consult_until_given_or_deemed,
    visa.chase_each_level,
    decision.warn_before_the_last_useful_day,
    notice.deliver_until_read_or_deemed,
    convention.send_until_both_signed,
    payment.tell_of_each_payment,
    report.remind_until_given,
    always.keep_everybody_informed,
)
# Whatever its plan says, a request is acknowledged, silence may decide it, and a decision reaches the person.
WITHOUT_FAIL = ("completeness", "decision", "notice", "always")


def blocks_of(steps: Sequence[str]) -> tuple[Block, ...]:
    """The blocks of a plan's steps, then those that no procedure goes without."""
    by_step = {each.step: each for each in BLOCKS}
    order = (*steps, *(step for step in WITHOUT_FAIL if step not in steps))
    return tuple(by_step[step] for step in order if step in by_step)


@workflow.defn(dynamic=True)
class AnyProcedure(Carrying):
    """Runs under the slug of any procedure that has no workflow type of its own."""

    @workflow.run
    async def run(self, args: Sequence[RawValue]) -> None:
        """From filing to the notified decision, as the plan says."""
        dossier: Dossier = workflow.payload_converter().from_payload(args[0].payload, Dossier)
        steps: list[str] = await ask(STEPS_OF_PLAN, dossier, policies.ASK)
        await self.carry(dossier, *blocks_of(steps))
