"""The connections of the hot path: as many as it may have, opened at need, each with its pipeline.

SQLAlchemy's pool crosses a greenlet at each loan and each return: as long as the statements themselves take to send.
"""

import asyncio
import select
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from psycopg import AsyncConnection, OperationalError
from psycopg.pq import TransactionStatus

from storage.engine import addresses
from storage.engine.pipeline import Pipeline
from storage.engine.questions import Answer, Question

PATIENCE = 30.0
"""Seconds that somebody waits for a connection to be given back."""


class Connections:
    """At most `size` connections to the database of `url`."""

    def __init__(self, url: str, size: int) -> None:
        self._url = addresses.plain(url)
        self._idle: list[Pipeline] = []
        self._turns = asyncio.Semaphore(size)

    @asynccontextmanager
    async def one(self) -> AsyncIterator[Pipeline]:
        """A connection that answers, outside any transaction. Raises OperationalError when there is none."""
        try:
            async with asyncio.timeout(PATIENCE):
                await self._turns.acquire()
        except TimeoutError as error:
            raise OperationalError(f"every connection has been busy for {PATIENCE:.0f} s") from error
        try:
            pipeline = await self._idle_one() or await self._new_one()
            try:
                yield pipeline
            finally:
                await self._take_back(pipeline)
        finally:
            self._turns.release()

    async def ask(self, question: Question[Answer], *, again: bool = True) -> Answer:
        """The answer to one question, which is a transaction of its own and may be repeated.

        `again`: once more if the connection had died meanwhile, as when the server restarts.
        """
        async with self.one() as pipeline:
            try:
                return question.read((await pipeline.send(question.statement))[0])
            except OperationalError:
                if not (again and pipeline.connection.closed):
                    raise
        return await self.ask(question, again=False)

    async def close(self) -> None:
        """Close those that nobody uses; the others are closed by whoever gives them back."""
        while self._idle:
            await self._idle.pop().connection.close()

    async def _idle_one(self) -> Pipeline | None:
        while self._idle:
            pipeline = self._idle.pop()
            if not hung_up(pipeline.connection):
                return pipeline
            await pipeline.connection.close()
        return None

    async def _new_one(self) -> Pipeline:
        # Instants come back in UTC whatever the server's own time zone is.
        options = "-c timezone=UTC"
        return Pipeline(
            await AsyncConnection.connect(self._url, autocommit=True, prepare_threshold=None, options=options)
        )

    async def _take_back(self, pipeline: Pipeline) -> None:
        if pipeline.transaction is TransactionStatus.IDLE:
            self._idle.append(pipeline)
        else:
            await pipeline.connection.close()


def hung_up(connection: AsyncConnection[Any]) -> bool:
    """Whether the server dropped it while it lay idle.

    Asks the socket, not the server: an idle connection has nothing to read unless the server said goodbye.
    """
    if connection.closed:
        return True
    waiting = select.poll()
    waiting.register(connection.fileno(), select.POLLIN)
    return bool(waiting.poll(0))
