"""Incidents: what the machine gave up, or may not judge, put before an agent."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection
from uuid_utils.compat import uuid7

from domain.calendar import Instant
from storage.tables.effects import incident


async def open_incident(
    connection: AsyncConnection, dossier: UUID, seq: int, kind: str, *, code: str, at: Instant
) -> bool:
    """Open an incident, once for each effect of each entry; False when it was there already. `at` is legal time."""
    row = {"id": uuid7(), "dossier": dossier, "seq": seq, "kind": kind, "code": code, "opened_at": at}
    # The row that comes back says that it is new: the count of an INSERT is not kept by SQLAlchemy.
    unless_there = insert(incident).values(**row).on_conflict_do_nothing().returning(incident.c.id)
    return (await connection.execute(unless_there)).scalar() is not None
