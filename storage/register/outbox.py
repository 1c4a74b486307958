"""What moved and must be told to a workflow: leased rows, so that a relay that dies loses nothing."""

from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import psycopg
from sqlalchemy import delete, func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.engine.database import MOVED, Database
from storage.tables.columns import REAL_NOW
from storage.tables.effects import outbox

LEASE = timedelta(seconds=30)


@dataclass(frozen=True, slots=True)
class Leased:
    """A row to relay: the workflow is `<kind>/<subject>`; `payload` holds ids and codes only."""

    id: int
    kind: str
    subject: str
    payload: Mapping[str, Any]
    attempts: int


async def add(connection: AsyncConnection, kind: str, subject: str, payload: Mapping[str, Any] | None = None) -> None:
    """Ask that the workflow `<kind>/<subject>` be signalled, once the transaction is committed."""
    # app may insert here and read nothing: no RETURNING.
    statement = insert(outbox).values(kind=kind, subject=subject, payload=dict(payload or {}))
    await connection.execute(statement.inline())


async def claim(connection: AsyncConnection, limit: int = 100, lease: timedelta = LEASE) -> list[Leased]:
    """Lease the oldest rows that nobody holds; they come back by themselves when the lease ends unsent."""
    free = (
        select(outbox.c.id)
        .where(outbox.c.sent_at.is_(None))
        .where((outbox.c.claimed_until.is_(None)) | (outbox.c.claimed_until < REAL_NOW))
        .order_by(outbox.c.id)
        .limit(limit)
        .with_for_update(skip_locked=True)
    )
    rows = await connection.execute(
        update(outbox)
        .where(outbox.c.id.in_(free.scalar_subquery()))
        .values(claimed_until=REAL_NOW + lease, attempts=outbox.c.attempts + 1)
        .returning(outbox.c.id, outbox.c.kind, outbox.c.subject, outbox.c.payload, outbox.c.attempts)
    )
    return sorted((Leased(*row) for row in rows), key=lambda leased: leased.id)


async def mark_sent(connection: AsyncConnection, ids: Sequence[int]) -> None:
    """The workflows of those rows have been signalled."""
    await connection.execute(
        update(outbox).where(outbox.c.id.in_(ids), outbox.c.sent_at.is_(None)).values(sent_at=REAL_NOW)
    )


async def release(connection: AsyncConnection, ids: Sequence[int]) -> None:
    """Give rows back at once: the engine is away."""
    await connection.execute(
        update(outbox).where(outbox.c.id.in_(ids), outbox.c.sent_at.is_(None)).values(claimed_until=None)
    )


async def waiting(connection: AsyncConnection) -> tuple[int, float]:
    """How many rows are unsent, and the age of the oldest in seconds: the relay's measure."""
    age = func.coalesce(func.extract("epoch", REAL_NOW - func.min(outbox.c.created_at)), 0)
    row = (await connection.execute(select(func.count(), age).where(outbox.c.sent_at.is_(None)))).one()
    return int(row[0]), float(row[1])


async def forget_sent(connection: AsyncConnection, older_than: timedelta = timedelta(days=7)) -> int:
    """Delete rows sent long ago; gives how many."""
    gone = await connection.execute(delete(outbox).where(outbox.c.sent_at < REAL_NOW - older_than))
    return gone.rowcount


@asynccontextmanager
async def listening(database: Database) -> AsyncIterator[psycopg.AsyncConnection[Any]]:
    """A connection of its own that hears each move: iterate over its `notifies(timeout=1)`, then claim.

    Polling each second beside it is what makes the relay sure; this only makes it quick.
    """
    url = database.settings.url_of(database.role)
    async with await psycopg.AsyncConnection.connect(url, autocommit=True) as connection:
        await connection.execute(f"LISTEN {MOVED}")
        yield connection
