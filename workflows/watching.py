"""The loop of what is watched until it is over: look at what PostgreSQL says, act or wait, look again."""

from collections.abc import Awaitable, Callable
from datetime import timedelta

from temporalio import workflow

from workflows.effects import Wait


class Watching:
    """A run that tells people of what comes; nothing ever waits for it. `state` is where it stands before it looked."""

    def __init__(self, state: str) -> None:
        self._moved = False
        self._seen = Wait(state)

    @workflow.signal
    def moved(self) -> None:
        """It changed, or the legal clock moved: look again."""
        self._moved = True

    @workflow.query
    def where_it_stands(self) -> str:
        """Its state, as the last look told it."""
        return self._seen.state

    async def watch(self, look: Callable[[], Awaitable[Wait]], act: Callable[[str], Awaitable[object]]) -> str:
        """Do each act when it comes, until nothing lies ahead and nothing moved; the last state."""
        while not await self._over(look):
            if self._seen.act:
                await act(self._seen.act)
            else:
                await self._sleep(self._seen.seconds)
        await workflow.wait_condition(workflow.all_handlers_finished)
        return self._seen.state

    async def _over(self, look: Callable[[], Awaitable[Wait]]) -> bool:
        self._moved = False
        self._seen = await look()
        return not self._seen.act and self._seen.seconds is None and not self._moved

    async def _sleep(self, seconds: float | None) -> None:
        try:
            await workflow.wait_condition(lambda: self._moved, timeout=timedelta(seconds=seconds or 1))
        except TimeoutError:
            return
