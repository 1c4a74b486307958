"""A webhook: one signed delivery to one system, tried again for about three days, then given up aloud."""

from temporalio import workflow
from temporalio.exceptions import ActivityError

from workflows import policies
from workflows.activity import ask
from workflows.effects import DELIVER_WEBHOOK, GIVE_UP_WEBHOOK, Named


@workflow.defn(name="webhook")
class Webhook:
    """At least once, under an id that lets the receiver drop a repetition (Standard Webhooks)."""

    @workflow.run
    async def run(self, delivery: Named) -> str:
        """Deliver, or say that it could not be."""
        try:
            return await ask(DELIVER_WEBHOOK, delivery, policies.WEBHOOK)
        except ActivityError:
            return await ask(GIVE_UP_WEBHOOK, delivery, policies.ANNOUNCE)
