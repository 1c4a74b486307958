"""The database as one of its roles, and for whom it answers.

Every transaction says first for whom it acts (`SET LOCAL`, so that nothing survives on the pooled connection);
row-level security reads it. SQLAlchemy where it reads well; `Hot` where round trips are counted.
"""

from __future__ import annotations

import asyncio
import select
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Literal
from uuid import UUID

from psycopg import AsyncConnection as DriverConnection
from psycopg import OperationalError
from sqlalchemy import event, text
from sqlalchemy.exc import DBAPIError, InvalidatePoolError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine

from storage import addresses
from storage.hot import Hot
from storage.keys import Keys
from storage.pipeline import Pipeline, Statement
from storage.plans import Plans
from storage.settings import Settings

Role = Literal["app", "worker", "owner"]
MOVED = "guichet_moved"
"""The channel on which the relay hears that the outbox has something new."""

_SAID = ("audience", "subject", "groups", "organisation", "mandate", "procedures")
_SET = "SELECT " + ", ".join(f"set_config('app.{name}', %s, true)" for name in _SAID)
_SET_NAMED = text("SELECT " + ", ".join(f"set_config('app.{name}', :{name}, true)" for name in _SAID))
SOON = 0.05


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """For whom the database answers.

    `groups` are an agent's; `mandate` is the one under which a mediator acts; `procedures` are those that a
    system's token may read ("*" for all). Left empty, nothing of a dossier is seen.
    """

    audience: str
    subject: UUID | None
    groups: tuple[str, ...] = ()
    organisation: UUID | None = None
    mandate: UUID | None = None
    procedures: tuple[str, ...] = ()

    def said(self) -> dict[str, str]:
        """The values of `app.…`, as text; lists are separated by commas."""
        return {
            "audience": self.audience,
            "subject": str(self.subject or ""),
            "groups": ",".join(self.groups),
            "organisation": str(self.organisation or ""),
            "mandate": str(self.mandate or ""),
            "procedures": ",".join(self.procedures),
        }

    def statement(self) -> Statement:
        """What a hot transaction runs first."""
        return (_SET, tuple(self.said().values()))


WORKING = Context(audience="worker", subject=None)
"""The worker's own context: its role sees everything, whatever is said."""


class Database:
    """One role's connections to the main database, and the dossiers' keys beside it."""

    def __init__(self, settings: Settings, role: Role, *, size: int = 10) -> None:
        self.settings = settings
        self.role: Role = role
        self.keys = Keys(settings)
        self.plans = Plans()
        self._size = size
        self._nudging: asyncio.Task[None] | None = None

    @cached_property
    def engine(self) -> AsyncEngine:
        """The pool of connections (psycopg, asynchronous)."""
        return self._pool()

    @cached_property
    def piped(self) -> AsyncEngine:
        """The pool of the hot transactions, where statements are prepared by their pipelines alone."""
        return self._pool(prepare_threshold=None)

    def _pool(self, **options: Any) -> AsyncEngine:
        url = addresses.for_sqlalchemy(self.settings.url_of(self.role))
        # Instants come back in UTC whatever the server's own time zone is.
        said = {"options": "-c timezone=UTC", **options}
        engine = create_async_engine(url, pool_size=self._size, max_overflow=0, pool_timeout=30, connect_args=said)
        event.listen(engine.sync_engine, "checkout", _refuse_if_hung_up)
        return engine

    @asynccontextmanager
    async def transaction(self, context: Context) -> AsyncIterator[AsyncConnection]:
        """A transaction that acts for `context`: committed at the end, rolled back on an exception."""
        async with self.engine.connect() as connection:
            await connection.execute(_SET_NAMED, context.said())
            yield connection
            await connection.commit()

    @asynccontextmanager
    async def hot(self, context: Context, *first: Statement) -> AsyncIterator[tuple[Hot, list[list[Any]]]]:
        """A transaction on the driver's own connection, its context and `first` sent in one round trip.

        Gives the transaction and the rows of each of `first`. What is written goes through `Hot.commit`.
        """
        async with self.piped.connect() as connection:
            hot, failed = Hot(await _pipeline(connection)), True
            try:
                rows = await hot.run(context.statement(), *first)
                yield hot, rows[1:]
                failed = False
            finally:
                await hot.close(failed=failed)
                if hot.broken:
                    await connection.invalidate()

    async def ask(self, question: Statement) -> list[Any]:
        """The rows of one statement, a transaction of its own without context: for the functions that say who asks.

        Asked again once if the connection had died in the pool: the server may have restarted meanwhile.
        """
        again = False
        while True:
            async with self.piped.connect() as connection:
                pipeline = await _pipeline(connection)
                try:
                    return (await pipeline.send(question))[0]
                except OperationalError:
                    lost = pipeline.connection.closed
                    if lost:
                        await connection.invalidate()
                    if again or not lost:
                        raise
            again = True

    def nudge(self) -> None:
        """Tell the relay, after a commit, that the outbox has something new; many nudges make one.

        Not inside the transaction: a NOTIFY there makes commits wait for one another. Losing it costs a second,
        as the relay also polls.
        """
        if self._nudging is None or self._nudging.done():
            self._nudging = asyncio.create_task(self._notify())

    async def _notify(self) -> None:
        await asyncio.sleep(SOON)
        try:
            async with self.engine.connect() as connection:
                plain = await connection.execution_options(isolation_level="AUTOCOMMIT")
                await plain.execute(text(f"NOTIFY {MOVED}"))
        except DBAPIError:
            # The server is away; the relay's polling will find the row.
            return

    async def close(self) -> None:
        """Close every connection."""
        if self._nudging is not None:
            await self._nudging
        await self.engine.dispose()
        await self.piped.dispose()
        await self.keys.close()


async def _pipeline(connection: AsyncConnection) -> Pipeline:
    """The pipeline of a connection: what it has prepared lasts as long as the connection."""
    raw = await connection.get_raw_connection()
    driver = raw.driver_connection
    if not isinstance(driver, DriverConnection):
        raise TypeError(type(driver))
    known: Pipeline = raw.info.get("pipeline") or raw.info.setdefault("pipeline", Pipeline(driver))
    return known


def _refuse_if_hung_up(connection: Any, _record: Any, _proxy: Any) -> None:
    """A connection that the server dropped while it lay in the pool is not given out: none of its kind is.

    Asks the socket, not the server: an idle connection has nothing to read unless the server said goodbye.
    """
    driver = connection.driver_connection
    waiting = select.poll()
    if not driver.closed:
        waiting.register(driver.pgconn.socket, select.POLLIN)
    if driver.closed or waiting.poll(0):
        raise InvalidatePoolError
