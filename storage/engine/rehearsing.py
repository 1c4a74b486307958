"""What would be answered if it were done, and is not: a database whose every transaction is rolled back."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from sqlalchemy.ext.asyncio import AsyncConnection

from storage.engine.database import Context, Database
from storage.engine.pipeline import Statement
from storage.engine.questions import Answers, Question
from storage.engine.round_trips import RoundTrips


class Rehearsing(Database):
    """The connections and keys of a real one, which it leaves as they were; the relay hears nothing of it."""

    def __init__(self, real: Database) -> None:
        super().__init__(real.settings, real.role)
        self.engine, self.connections, self.keys = real.engine, real.connections, real.keys

    @asynccontextmanager
    async def transaction(self, context: Context) -> AsyncIterator[AsyncConnection]:
        """One that is never committed."""
        async with super().transaction(context) as connection:
            yield connection
            await connection.rollback()

    @asynccontextmanager
    async def trips(self, context: Context, *first: Question[Any]) -> AsyncIterator[tuple[RoundTrips, Answers]]:
        """One whose commit is only its last statements."""
        async with self.connections.one() as pipeline:
            trips = Uncommitted(pipeline)
            try:
                answers = await trips.ask_all(context.question(), *first)
                yield trips, answers
            finally:
                await trips.close(failed=True)

    def nudge(self) -> None:
        """Nothing is new."""


class Uncommitted(RoundTrips):
    """A transaction that reads what it wrote, until it is rolled back."""

    async def commit(self, *statements: Statement) -> list[list[Any]]:
        """Run the last statements, and no more."""
        return await self.run(*statements)
