"""A mandate in time: the person told at once, warned thirty days before its end, then its end or its revocation."""

from datetime import timedelta

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


@workflow.defn(name="mandate")
class Mandate:
    """Checks of the mandate never wait for this run: each act is checked at its instant. This one only tells people."""

    def __init__(self) -> None:
        self._moved = False
        self._warned = False
        self._seen = Wait("active")

    @workflow.signal
    def moved(self) -> None:
        """It was renewed or revoked, or the legal clock moved: look again."""
        self._moved = True

    @workflow.query
    def where_it_stands(self) -> str:
        """`active`, `expired` or `revoked`."""
        return self._seen.state

    @workflow.run
    async def run(self, mandate: Named) -> str:
        """Warn in time, then stop when the mandate is over."""
        while not await self._over(mandate):
            if self._seen.act == "tell":
                await self._tell(mandate)
            elif self._seen.act == "warn":
                await ask(WARN_MANDATE, mandate, policies.EMAIL)
                self._warned = True
            else:
                await self._sleep(self._seen.seconds)
        await workflow.wait_condition(workflow.all_handlers_finished)
        return self._seen.state

    async def _over(self, mandate: Named) -> bool:
        self._moved = False
        self._seen = await ask(WATCH_MANDATE, Watched(mandate.id, self._warned), policies.ASK)
        return not self._seen.act and self._seen.seconds is None and not self._moved

    async def _tell(self, mandate: Named) -> None:
        """Tell the person that it is in force; whom no server reaches in two hours is told by hand, as it is noted."""
        try:
            await ask(TELL_OF_MANDATE, mandate, policies.EMAIL)
        except ActivityError:
            await ask(GIVE_UP_TELLING, mandate, policies.ANNOUNCE)

    async def _sleep(self, seconds: float | None) -> None:
        try:
            await workflow.wait_condition(lambda: self._moved, timeout=timedelta(seconds=seconds or 1))
        except TimeoutError:
            return
