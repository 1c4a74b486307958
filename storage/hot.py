"""A transaction where round trips are counted: statements go out together and their rows come back together."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from itertools import count
from typing import Any

from psycopg import AsyncConnection, AsyncRawCursor, OperationalError
from psycopg.pq import TransactionStatus

Statement = tuple[str, Sequence[Any]]
"""SQL with %s, and its parameters."""

_PLACE = re.compile("%[s%]")


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


@lru_cache(maxsize=512)
def _numbered(query: str) -> bytes:
    """The query with the server's own $1, $2…: psycopg would parse a long one at each call."""
    numbers = count(1)
    return _PLACE.sub(lambda place: "%" if place[0] == "%%" else f"${next(numbers)}", query).encode()


class Hot:
    """psycopg in pipeline mode. Each `run` is one round trip, and so is the commit that may end the last one."""

    def __init__(self, connection: AsyncConnection[Any]) -> None:
        self._connection = connection

    async def run(self, *statements: Statement) -> list[list[Any]]:
        """The rows of each statement. Raises the driver's error of the first that fails; the others are skipped."""
        return await self._send(statements, commit=False)

    async def commit(self, *statements: Statement) -> list[list[Any]]:
        """Run the last statements and commit, in one round trip."""
        return await self._send(statements, commit=True)

    async def _send(self, statements: Sequence[Statement], *, commit: bool) -> list[list[Any]]:
        connection = self._connection
        async with connection.pipeline():
            cursors = [
                await AsyncRawCursor(connection).execute(_numbered(query), given, prepare=True)
                for query, given in statements
            ]
            if commit:
                await connection.commit()
        return [await cursor.fetchall() if cursor.description else [] for cursor in cursors]

    @property
    def broken(self) -> bool:
        """Whether the connection to the server is lost."""
        return self._connection.closed

    async def close(self, *, failed: bool) -> None:
        """End what was not committed: roll it back if the block failed; otherwise it only read.

        Reads end by a commit: at a rollback psycopg forgets, and the server plans again, every prepared statement.
        """
        connection = self._connection
        status = connection.info.transaction_status
        if connection.closed or status is TransactionStatus.IDLE:
            return
        try:
            if failed or status is not TransactionStatus.INTRANS:
                await connection.rollback()
            else:
                await connection.commit()
        except OperationalError:
            # Lost on the way: the server rolls back by itself.
            await connection.close()
