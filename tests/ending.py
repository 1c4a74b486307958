"""Waiting for what should end: never longer than `SOON`, so that a lost signal fails its test instead of hanging it."""

from __future__ import annotations

import asyncio
from typing import Any

from temporalio.client import WorkflowHandle

SOON = 60.0
A_MOMENT = 0.05


async def ended(run: WorkflowHandle[Any, Any], *, follow_runs: bool = False, within: float = SOON) -> Any:
    """The result of a run. Raises TimeoutError, or WorkflowFailureError when it failed."""
    async with asyncio.timeout(within):
        return await run.result(follow_runs=follow_runs)


async def asleep(run: WorkflowHandle[Any, Any], *, within: float = SOON) -> None:
    """Come back once a run waits for its next due instant. Raises TimeoutError."""
    async with asyncio.timeout(within):
        while await run.query("next_wait") is None:
            await asyncio.sleep(A_MOMENT)


async def on_the_eve(run: WorkflowHandle[Any, Any], *, within: float = SOON) -> None:
    """Come back once a run has seen that its next due instant is less than a second away. Raises TimeoutError."""
    async with asyncio.timeout(within):
        while (wait := await run.query("next_wait")) is None or wait > 1:
            await asyncio.sleep(A_MOMENT)


async def stopped(serving: asyncio.Task[Any], stop: asyncio.Event, *, within: float = SOON) -> None:
    """Tell a worker to stop, and see it end. Raises TimeoutError."""
    stop.set()
    async with asyncio.timeout(within):
        await serving
