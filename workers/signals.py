"""From a move to its workflow: signal-with-start where a life is long, start-once where it is one shot."""

from dataclasses import dataclass
from datetime import timedelta

from temporalio.client import Client
from temporalio.common import WorkflowIDConflictPolicy, WorkflowIDReusePolicy
from temporalio.exceptions import WorkflowAlreadyStartedError

from workflows.effects import Dossier, Named
from workflows.queues import QUEUE_OF_KIND, workflow_id

PATIENCE = timedelta(seconds=5)
LONG_LIVES = frozenset({"dossier", "mandate", "campaign"})
ONCE = frozenset({"webhook"})


class UnknownMove(LookupError):
    """A row that this version of the relay does not understand."""


@dataclass(frozen=True, slots=True)
class Move:
    """The workflow `kind`/`subject` has something to look at; a dossier's bears the name of its `procedure`."""

    kind: str
    subject: str
    procedure: str | None = None


class Signals:
    """Tells Temporal what moved, on the queues of this prefix. Only identifiers travel."""

    def __init__(self, client: Client, prefix: str) -> None:
        self._client = client
        self._prefix = prefix

    async def tell(self, move: Move) -> None:
        """Raises RPCError when Temporal did not take it, UnknownMove when nobody could."""
        if move.kind not in QUEUE_OF_KIND or (move.kind == "dossier" and move.procedure is None):
            raise UnknownMove(f"{move.kind}/{move.subject}")
        input = Dossier(move.subject) if move.kind == "dossier" else Named(move.subject)
        long, once = move.kind in LONG_LIVES, move.kind in ONCE
        reuse = WorkflowIDReusePolicy.REJECT_DUPLICATE if once else WorkflowIDReusePolicy.ALLOW_DUPLICATE
        conflict = WorkflowIDConflictPolicy.FAIL if once else WorkflowIDConflictPolicy.USE_EXISTING
        try:
            await self._client.start_workflow(
                move.procedure or move.kind,
                input,
                id=workflow_id(move.kind, move.subject),
                task_queue=self._prefix + QUEUE_OF_KIND[move.kind],
                id_reuse_policy=reuse,
                id_conflict_policy=conflict,
                start_signal="moved" if long else None,
                rpc_timeout=PATIENCE,
            )
        except WorkflowAlreadyStartedError:
            # One shot, fired already: that is what was wanted.
            if not once:
                raise
