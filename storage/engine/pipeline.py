"""Statements that leave together and whose rows, named, come back together: one write, one read, each prepared once.

psycopg's own pipeline sends every statement by itself and makes a cursor for each, at three times the processor
(docs/performance.md); this one stands on its layer for libpq, `psycopg.pq`.
"""

import re
from collections import namedtuple
from collections.abc import Callable, Sequence
from functools import lru_cache
from itertools import count
from typing import Any

from psycopg import AsyncConnection, OperationalError
from psycopg.abc import Buffer, PQGen
from psycopg.adapt import PyFormat, Transformer
from psycopg.errors import error_from_result
from psycopg.generators import fetch_many, send
from psycopg.pq import ConnStatus, ExecStatus, Format, TransactionStatus
from psycopg.pq.abc import PGconn, PGresult

Statement = tuple[str, Sequence[Any]]
"""SQL with %s, and its parameters."""

KEPT = 300
"""Prepared statements of a connection; beyond, all are forgotten."""

_Key = tuple[bytes, tuple[int, ...]]
"""A statement as the server knows it: its text and the types of its parameters."""

_PLACE = re.compile("%[s%]")
_DONE = (ExecStatus.COMMAND_OK, ExecStatus.TUPLES_OK)


class Pipeline:
    """One connection, where nothing else may prepare or forget statements (`prepare_threshold=None`)."""

    def __init__(self, connection: AsyncConnection[Any]) -> None:
        self.connection = connection
        self._adapting = Transformer(connection)
        self._names: dict[_Key, bytes] = {}
        self._ranks = count()

    @property
    def transaction(self) -> TransactionStatus:
        """Where the transaction stands."""
        return TransactionStatus(self.connection.pgconn.transaction_status)

    async def send(self, *statements: Statement) -> list[list[Any]]:
        """The rows of each statement. Raises the driver's error of the first that fails; the others are skipped."""
        if len(self._names) > KEPT and self.transaction is TransactionStatus.IDLE:
            self._names.clear()
            await self.connection.wait(_forgotten(self.connection.pgconn))
        # What cannot be adapted says so before anything leaves.
        adapted = [self._adapted(query, given) for query, given in statements]
        server = self.connection.pgconn
        preparing: list[_Key | None] = []
        results: list[PGresult] = []
        server.enter_pipeline_mode()
        try:
            for message in adapted:
                preparing += self._put(server, *message)
            server.pipeline_sync()
            results = await self.connection.wait(_results(server, len(preparing)))
        finally:
            self._forget_failed(preparing, results)
            if server.status != ConnStatus.BAD:
                server.exit_pipeline_mode()
        return self._rows(preparing, results)

    def _adapted(self, query: str, given: Sequence[Any]) -> tuple[_Key, Sequence[Buffer | None], Sequence[Format]]:
        adapting = self._adapting
        values = adapting.dump_sequence(given, (PyFormat.AUTO,) * len(given))
        return (_numbered(query), adapting.types or ()), values, adapting.formats or ()

    def _put(
        self, server: PGconn, key: _Key, values: Sequence[Buffer | None], formats: Sequence[Format]
    ) -> tuple[_Key | None, ...]:
        """Put a statement in what leaves at the next flush. Gives what each message prepares."""
        known = self._names.get(key)
        if known is not None:
            server.send_query_prepared(known, values, formats)
            return (None,)
        # A name serves once: what became of a statement that failed need not be known.
        name = self._names[key] = b"piped_%d" % next(self._ranks)
        server.send_prepare(name, *key)
        server.send_query_prepared(name, values, formats)
        return key, None

    def _forget_failed(self, preparing: Sequence[_Key | None], results: Sequence[PGresult]) -> None:
        for rank, key in enumerate(preparing):
            if key is not None and (rank >= len(results) or results[rank].status not in _DONE):
                del self._names[key]

    def _rows(self, preparing: Sequence[_Key | None], results: Sequence[PGresult]) -> list[list[Any]]:
        """The rows of each statement. Raises what the server answered first that was no success."""
        failed = next((result for result in results if result.status not in _DONE), None)
        if failed is not None:
            raise error_from_result(failed)
        if len(results) < len(preparing):
            raise OperationalError("the connection was lost before every answer came")
        return [self._loaded(result) for key, result in zip(preparing, results, strict=True) if key is None]

    def _loaded(self, result: PGresult) -> list[Any]:
        if not result.nfields:
            return []
        self._adapting.set_pgresult(result)
        names = tuple(result.fname(rank) for rank in range(result.nfields))
        return self._adapting.load_rows(0, result.ntuples, _row_of(names))


@lru_cache(maxsize=512)
def _row_of(names: tuple[bytes | None, ...]) -> Callable[[Sequence[Any]], Any]:
    """What makes a row of its values: they are read by the names of the columns."""
    shape: Any = namedtuple("Row", [(name or b"").decode() for name in names], rename=True)  # type: ignore[misc]  # noqa: PYI024 (names known later)
    make: Callable[[Sequence[Any]], Any] = shape._make
    return make


@lru_cache(maxsize=512)
def _numbered(query: str) -> bytes:
    """The query with the server's own $1, $2…"""
    numbers = count(1)
    return _PLACE.sub(lambda place: "%" if place[0] == "%%" else f"${next(numbers)}", query).encode()


def _forgotten(server: PGconn) -> PQGen[None]:
    """Have the server forget every prepared statement."""
    server.send_query(b"DEALLOCATE ALL")
    yield from send(server)
    yield from fetch_many(server)


def _results(server: PGconn, messages: int) -> PQGen[list[PGresult]]:
    """Send what was put, and wait for the answer to each message; fewer when the connection is lost on the way."""
    yield from send(server)
    found: list[PGresult] = []
    while len(found) < messages:
        answered = yield from fetch_many(server)
        if not answered:
            return found
        found += answered
    yield from fetch_many(server)  # the end of the pipeline
    return found
