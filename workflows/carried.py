"""A dossier as its blocks hold it: the verbs by which a step acts, each with its retries and its way out."""

from __future__ import annotations

from temporalio import workflow
from temporalio.common import WorkflowIDReusePolicy
from temporalio.exceptions import ActivityError, WorkflowAlreadyStartedError
from temporalio.workflow import ParentClosePolicy

from workflows import policies
from workflows.asking import ask, code_of
from workflows.effects import (
    ANNOUNCE_MOVE,
    GIVE_UP,
    HAND_OVER,
    ISSUE_LETTER,
    PUBLISH_GRANT,
    REPORT_INCIDENT,
    SEND_EMAIL,
    SETTLE,
    TELL_AGENTS,
    TELL_ATTACKED,
    Does,
    NoticeOf,
    Task,
    Thing,
    Trouble,
)
from workflows.policies import Policy
from workflows.queues import workflow_id


class Carried:
    """The dossier `id`, for the blocks of its steps.

    A verb returns True once its thing is done or superseded. After its attempts, the thing is given up: an incident
    is opened for the agents, the verb returns False, and the rest of the journal goes on.
    """

    def __init__(self, id: str) -> None:
        self.id = id

    async def letter(self, thing: Thing, policy: Policy = policies.LETTER) -> bool:
        """Write, seal and file the letter of an entry."""
        return await self._do(ISSUE_LETTER, thing, policy)

    async def email(self, thing: Thing) -> bool:
        """Tell the person, by an e-mail that says nothing of the matter."""
        return await self._do(SEND_EMAIL, thing, policies.EMAIL)

    async def tell(self, thing: Thing) -> bool:
        """Tell the agents in charge."""
        return await self._do(TELL_AGENTS, thing, policies.TELL)

    async def incident(self, thing: Thing) -> bool:
        """Put before the agents something that only a person can mend."""
        return await self._do(REPORT_INCIDENT, thing, policies.TELL)

    async def appeal(self, thing: Thing) -> bool:
        """Tell the dossier whose decision this one attacks."""
        return await self._do(TELL_ATTACKED, thing, policies.ANNOUNCE)

    async def publish(self, thing: Thing) -> bool:
        """Make or change the public row of what was granted."""
        return await self._do(PUBLISH_GRANT, thing, policies.ANNOUNCE)

    async def announce(self, thing: Thing) -> bool:
        """Prepare the signed webhooks by which subscribed systems hear of a move."""
        return await self._do(ANNOUNCE_MOVE, thing, policies.ANNOUNCE)

    async def settle(self, thing: Thing) -> None:
        """Let the register write what the law made happen. Its failure ends the run: the reconciler starts another."""
        await ask(SETTLE, Task(self.id, thing), policies.ASK, id=_name(thing))

    async def notice(self, thing: Thing) -> bool:
        """Hand a letter over to its own workflow, which delivers it until it is read or deemed read.

        Once for ever, unless it was given up: then an agent may have it done again.
        """
        subject = f"{self.id}/{thing.seq}"
        try:
            await workflow.start_child_workflow(
                "notice",
                NoticeOf(self.id, thing.seq, thing.kind),
                id=workflow_id("notice", subject),
                task_queue=workflow.info().task_queue,
                id_reuse_policy=WorkflowIDReusePolicy.ALLOW_DUPLICATE_FAILED_ONLY,
                parent_close_policy=ParentClosePolicy.ABANDON,
            )
        except WorkflowAlreadyStartedError:
            workflow.logger.info("notice already handed over", extra={"subject": subject})
        return await self._do(HAND_OVER, thing, policies.ANNOUNCE)

    async def give_up(self, thing: Thing, code: str) -> None:
        """Open an incident: `thing` will not be done by the machine."""
        trouble = Trouble(Task(self.id, thing), code)
        await ask(GIVE_UP, trouble, policies.TELL, id=f"give_up/{thing.seq}/{thing.kind}")

    async def _do(self, does: Does[Task, str], thing: Thing, policy: Policy) -> bool:
        try:
            await ask(does, Task(self.id, thing), policy, id=_name(thing))
        except ActivityError as error:
            await self.give_up(thing, code_of(error))
            return False
        return True


def _name(thing: Thing) -> str:
    """The activity's id, readable in any history: `effect/3/letter:pieces`."""
    return f"{thing.what}/{thing.seq}/{thing.kind}"
