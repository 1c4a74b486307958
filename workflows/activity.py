"""How a workflow asks for something: an activity by its typed name, under a policy, on the queue beside its own."""

from typing import TypeVar

from temporalio import workflow
from temporalio.exceptions import ActivityError, ApplicationError

from workflows.effects import Does
from workflows.policies import Policy
from workflows.queues import beside

Takes = TypeVar("Takes")
Gives = TypeVar("Gives")


async def ask(does: Does[Takes, Gives], takes: Takes, policy: Policy, *, id: str | None = None) -> Gives:
    """Run an activity and give its answer. Raises ActivityError after the attempts of `policy`."""
    answer: Gives = await workflow.execute_activity(
        does.name,
        takes,
        result_type=does.gives,
        activity_id=id,
        task_queue=beside(workflow.info().task_queue, policy.queue),
        start_to_close_timeout=policy.each,
        schedule_to_close_timeout=policy.overall,
        retry_policy=policy.retry,
    )
    return answer


def code_of(error: ActivityError) -> str:
    """Why an activity failed, in one word: the type of our own failure, else how Temporal saw it end."""
    cause = error.cause
    if isinstance(cause, ApplicationError):
        return cause.type or "error"
    return type(cause).__name__ if cause is not None else "error"
