"""What an answer does not wait for: neither its length nor its failure tells anything to whoever asked."""

import asyncio
from collections.abc import Coroutine
from typing import Any

import structlog

log = structlog.get_logger(__name__)


class Afterwards:
    """Small things done after an answer, in this process; what must not be lost goes by the outbox instead."""

    def __init__(self) -> None:
        self._doing: set[asyncio.Task[None]] = set()

    def start(self, thing: Coroutine[Any, Any, None]) -> None:
        """Begin it, now."""
        task = asyncio.create_task(thing)
        self._doing.add(task)
        task.add_done_callback(self._ended)

    async def done(self) -> None:
        """Wait for what was begun."""
        await asyncio.gather(*self._doing, return_exceptions=True)

    def _ended(self, task: asyncio.Task[None]) -> None:
        self._doing.discard(task)
        if not task.cancelled() and (error := task.exception()) is not None:
            log.error("not done afterwards", kind=type(error).__name__)
