"""The database as one of its roles, and for whom it answers.

Every transaction says first for whom it acts (`SET LOCAL`, so that nothing survives on the pooled connection);
row-level security reads it. SQLAlchemy where it reads well; `RoundTrips` where round trips are counted.
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Literal, Self
from uuid import UUID

from psycopg import OperationalError
from sqlalchemy import event, text
from sqlalchemy.exc import InvalidatePoolError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine

from storage.engine import addresses
from storage.engine.connections import Connections, hung_up
from storage.engine.keys import Keys
from storage.engine.plans import Plans
from storage.engine.questions import Answers, Question, Rows, asking
from storage.engine.round_trips import RoundTrips
from storage.engine.settings import Settings

Role = Literal["app", "worker", "operator", "owner"]
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

    def question(self) -> Question[Rows]:
        """What such a transaction runs first."""
        return asking(_SET, *self.said().values())


async def acts_for(connection: AsyncConnection, context: Context) -> None:
    """From here to its end, this transaction acts for somebody else: who it is has just been proven in it."""
    await connection.execute(_SET_NAMED, context.said())


WORKING = Context(audience="worker", subject=None)
"""The worker's own context: its role sees everything, whatever is said."""
OPERATING = Context(audience="operator", subject=None)
"""The operator's: its role sees accounts and what goes with them, and nothing of a dossier."""


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
        """The pool of SQLAlchemy's connections (psycopg, asynchronous)."""
        url = addresses.for_sqlalchemy(self.settings.url_of(self.role))
        # Instants come back in UTC whatever the server's own time zone is.
        utc = {"options": "-c timezone=UTC"}
        engine = create_async_engine(
            url, pool_size=self._size, max_overflow=0, pool_timeout=30, connect_args=utc, hide_parameters=True
        )
        event.listen(engine.sync_engine, "checkout", _refuse_if_hung_up)
        return engine

    @cached_property
    def connections(self) -> Connections:
        """Those of the hot path."""
        return Connections(self.settings.url_of(self.role), self._size)

    @asynccontextmanager
    async def transaction(self, context: Context) -> AsyncIterator[AsyncConnection]:
        """A transaction that acts for `context`: committed at the end, rolled back on an exception."""
        async with self.engine.connect() as connection:
            await connection.execute(_SET_NAMED, context.said())
            yield connection
            await connection.commit()

    @asynccontextmanager
    async def trips(self, context: Context, *first: Question[Any]) -> AsyncIterator[tuple[RoundTrips, Answers]]:
        """A transaction on the driver's own connection, its context and `first` sent in one round trip.

        Gives the transaction and the answers to `first`. What is written goes through `RoundTrips.commit`.
        """
        async with self.connections.one() as pipeline:
            trips, failed = RoundTrips(pipeline), True
            try:
                answers = await trips.ask_all(context.question(), *first)
                yield trips, answers
                failed = False
            finally:
                await trips.close(failed=failed)

    def nudge(self) -> None:
        """Tell the relay, after a commit, that the outbox has something new; many nudges make one.

        Not inside the transaction: a NOTIFY there makes commits wait for one another. Losing it costs a second,
        as the relay also polls.
        """
        if self._nudging is None or self._nudging.done():
            self._nudging = asyncio.create_task(self._notify())

    async def _notify(self) -> None:
        await asyncio.sleep(SOON)
        # When the server is away, the relay's polling will find the row.
        with suppress(OperationalError):
            await self.connections.ask(asking(f"NOTIFY {MOVED}"))

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.close()

    async def close(self) -> None:
        """Close every connection."""
        if self._nudging is not None:
            await self._nudging
        await self.engine.dispose()
        await self.connections.close()
        await self.keys.close()


def _refuse_if_hung_up(connection: Any, _record: Any, _proxy: Any) -> None:
    """A connection that the server dropped while it lay in the pool is not given out: none of its kind is."""
    if hung_up(connection.driver_connection):
        raise InvalidatePoolError
