"""A transaction where round trips are counted: statements go out together and their rows come back together."""

from functools import lru_cache
from typing import Any

from psycopg import OperationalError
from psycopg.pq import TransactionStatus

from storage.engine.pipeline import Pipeline, Statement
from storage.engine.questions import Answer, Answers, Question

_BEGIN: Statement = ("BEGIN ISOLATION LEVEL READ COMMITTED", ())
_COMMIT: Statement = ("COMMIT", ())
_ROLLBACK: Statement = ("ROLLBACK", ())


def together(*statements: Statement) -> tuple[Statement, ...]:
    """Several insertions, updates and deletions as one statement of chained CTEs; none sees what another writes.

    Foreign keys are checked at its end, row-level security on what was there before: what a wall looks at goes first.
    """
    if len(statements) < 2:
        return statements
    return ((_chained(tuple(query for query, _ in statements)), [v for _, given in statements for v in given]),)


@lru_cache(maxsize=256)
def _chained(queries: tuple[str, ...]) -> str:
    named = ", ".join(f"s{rank} AS ({query})" for rank, query in enumerate(queries[:-1]))
    return f"WITH {named} {queries[-1]}"


class RoundTrips:
    """A transaction on one connection. Each `run` is one round trip, and so is the commit that may end the last one."""

    def __init__(self, pipeline: Pipeline) -> None:
        self._pipeline = pipeline

    async def run(self, *statements: Statement) -> list[list[Any]]:
        """The rows of each statement. Raises the driver's error of the first that fails; the others are skipped."""
        if self._pipeline.transaction is TransactionStatus.IDLE:
            return (await self._pipeline.send(_BEGIN, *statements))[1:]
        return await self._pipeline.send(*statements)

    async def ask(self, question: Question[Answer]) -> Answer:
        """The answer to one question."""
        return (await self.ask_all(question))[question]

    async def ask_all(self, *questions: Question[Any]) -> Answers:
        """The answers to several, in one round trip."""
        return Answers(questions, await self.run(*(question.statement for question in questions)))

    async def commit(self, *statements: Statement) -> list[list[Any]]:
        """Run the last statements and commit, in one round trip."""
        return (await self.run(*statements, _COMMIT))[:-1]

    async def close(self, *, failed: bool) -> None:
        """End what was not committed: roll it back if the block failed; otherwise it only read."""
        status = self._pipeline.transaction
        if self._pipeline.connection.closed or status is TransactionStatus.IDLE:
            return
        try:
            await self._pipeline.send(_ROLLBACK if failed or status is not TransactionStatus.INTRANS else _COMMIT)
        except OperationalError:
            # Lost on the way: the server rolls back by itself.
            await self._pipeline.connection.close()
