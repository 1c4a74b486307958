"""A procedure without a file of its own: its steps, in the order of its plan."""

from collections.abc import Sequence

from temporalio import workflow
from temporalio.common import RawValue

from workflows import policies
from workflows.activity import ask
from workflows.carrying import Carrying
from workflows.effects import STEPS_OF_PLAN, Dossier

# Whatever its plan says, a request is acknowledged, silence may decide it, and a decision reaches the person.
WITHOUT_FAIL = ("completeness", "decision", "notice", "always")


def steps_of(plan: Sequence[str]) -> tuple[str, ...]:
    """The steps of a plan, then those that no procedure goes without."""
    return (*plan, *(step for step in WITHOUT_FAIL if step not in plan))


@workflow.defn(dynamic=True)
class AnyProcedure(Carrying):
    """Runs under the slug of any procedure that has no workflow type of its own."""

    @workflow.run
    async def run(self, args: Sequence[RawValue]) -> None:
        """From filing to the notified decision, as the plan says."""
        dossier: Dossier = workflow.payload_converter().from_payload(args[0].payload, Dossier)
        steps: list[str] = await ask(STEPS_OF_PLAN, dossier, policies.ASK)
        await self.carry(dossier, *steps_of(steps))
