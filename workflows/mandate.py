"""A mandate in time: the person told at once, warned thirty days before its end, then its end or its revocation."""

from functools import partial

from temporalio import workflow
from temporalio.exceptions import ActivityError

from workflows import policies
from workflows.activity import ask
from workflows.effects import (
    GIVE_UP_TELLING,
    TELL_OF_MANDATE,
    WARN_MANDATE,
    WATCH_MANDATE,
    Named,
    Wait,
    Watched,
)
from workflows.watching import Watching


@workflow.defn(name="mandate")
class Mandate(Watching):
    """Checks of the mandate never wait for this run: each act is checked at its instant. This one only tells people.

    It stands `active`, `expired` or `revoked`.
    """

    def __init__(self) -> None:
        super().__init__("active")
        self._warned = False

    @workflow.run
    async def run(self, mandate: Named) -> str:
        """Warn in time, then stop when the mandate is over."""
        return await self.watch(partial(self._look, mandate), partial(self._act, mandate))

    async def _look(self, mandate: Named) -> Wait:
        return await ask(WATCH_MANDATE, Watched(mandate.id, self._warned), policies.ASK)

    async def _act(self, mandate: Named, act: str) -> None:
        if act == "tell":
            await self._tell(mandate)
        else:
            await ask(WARN_MANDATE, mandate, policies.EMAIL)
            self._warned = True

    async def _tell(self, mandate: Named) -> None:
        """Tell the person that it is in force; whom no server reaches in two hours is told by hand, as it is noted."""
        try:
            await ask(TELL_OF_MANDATE, mandate, policies.EMAIL)
        except ActivityError:
            await ask(GIVE_UP_TELLING, mandate, policies.ANNOUNCE)
