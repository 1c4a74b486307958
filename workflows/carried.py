"""What a run does for a dossier: the verbs of its effects, each with its retries and its way out."""

from temporalio import workflow
from temporalio.common import WorkflowIDReusePolicy
from temporalio.exceptions import ActivityError, WorkflowAlreadyStartedError
from temporalio.workflow import ParentClosePolicy

from workflows import policies
from workflows.activity import ask, code_of
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

# What follows an event is named `<verb>:<what>`: the verb says which activity does it, and how long it is tried.
VERBS: dict[str, tuple[Does[Task, str], Policy]] = {
    "letter": (ISSUE_LETTER, policies.LETTER),
    "email": (SEND_EMAIL, policies.EMAIL),
    "tell": (TELL_AGENTS, policies.TELL),
    "incident": (REPORT_INCIDENT, policies.TELL),
    "notice": (HAND_OVER, policies.ANNOUNCE),
    "appeal": (TELL_ATTACKED, policies.ANNOUNCE),
    "open_data": (PUBLISH_GRANT, policies.ANNOUNCE),
    "webhook": (ANNOUNCE_MOVE, policies.ANNOUNCE),
}


class Carried:
    """The dossier `id`, and the things of its journal, one at a time.

    After its attempts, a thing is given up: an incident is opened for the agents, and the rest of the journal goes on.
    """

    def __init__(self, id: str) -> None:
        self.id = id

    async def do(self, thing: Thing) -> None:
        """Do it, whatever its step: what it is about is its activity's to know, and to refuse."""
        if thing.verb not in VERBS:
            # A newer register names an effect that this worker is too old to do: an incident, never silence.
            await self.give_up(thing, "unknown_kind")
            return
        if thing.verb == "notice":
            await self._start_notice(thing)
        does, policy = VERBS[thing.verb]
        try:
            await ask(does, Task(self.id, thing), policy, id=_name(thing))
        except ActivityError as error:
            await self.give_up(thing, code_of(error))

    async def settle(self, thing: Thing) -> None:
        """Let the register write what the law made happen. Its failure ends the run: the reconciler starts another."""
        await ask(SETTLE, Task(self.id, thing), policies.ASK, id=_name(thing))

    async def give_up(self, thing: Thing, code: str) -> None:
        """Open an incident: `thing` will not be done by the machine."""
        trouble = Trouble(Task(self.id, thing), code)
        await ask(GIVE_UP, trouble, policies.TELL, id=f"give_up/{thing.seq}/{thing.kind}")

    async def _start_notice(self, thing: Thing) -> None:
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


def _name(thing: Thing) -> str:
    """The activity's id, readable in any history: `effect/3/letter:pieces`."""
    return f"{thing.what}/{thing.seq}/{thing.kind}"
