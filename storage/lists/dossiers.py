"""Lists of dossiers, made of what stands in clear: a person's own, and those that a system may follow."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.calendar import Instant

_COLUMNS = (
    "d.id, d.reference, d.procedure, d.version, d.filed_at, d.recorded_at, c.status, c.closed, c.due_at, c.due_kind"
)
_PURGED = "d.purged_at IS NOT NULL"
_FOLLOWED_COLUMNS = _COLUMNS.replace(
    "c.status, c.closed",
    f"CASE WHEN {_PURGED} THEN 'purged' ELSE c.status END AS status, c.closed OR {_PURGED} AS closed",
)
_MINE = """
    SELECT {columns} FROM dossier d JOIN clock c ON c.dossier = d.id
    WHERE (d.resident = (SELECT subject_as('resident')) OR d.mandate = ANY ((SELECT live_mandates())::uuid[]))
      AND d.purged_at IS NULL {after} ORDER BY d.filed_at DESC, d.id DESC LIMIT :limit
"""
_UNTIL = text("SELECT listed_until()")
_FOLLOWED = """
    SELECT {columns} FROM (
        SELECT p.* FROM unnest(CAST(:procedures AS text[])) AS s (slug) CROSS JOIN LATERAL (
            SELECT q.* FROM dossier q WHERE q.procedure = s.slug AND (q.recorded_at, q.id) > (:at, :id)
              AND q.recorded_at < :until
            ORDER BY q.recorded_at, q.id LIMIT :limit) AS p
    ) AS d JOIN clock c ON c.dossier = d.id
    ORDER BY d.recorded_at, d.id LIMIT :limit
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """A dossier in a list. When `due_at` is past, what is due has happened and the status is about to follow."""

    id: UUID
    reference: str
    procedure: str
    version: int
    filed_at: Instant
    recorded_at: Instant
    status: str
    closed: bool
    due_at: Instant | None
    due_kind: str | None


async def mine(connection: AsyncConnection, limit: int, after: tuple[Instant, UUID] | None = None) -> list[Listed]:
    """The dossiers of the resident, or those under the mediator's mandate, the last filed first.

    The walls say so too; said here, their indexes are used.
    """
    given: dict[str, Any] = {"limit": limit}
    condition = ""
    if after is not None:
        condition = "AND (d.filed_at, d.id) < (:at, :id)"
        given |= {"at": after[0], "id": after[1]}
    query = _MINE.format(columns=_COLUMNS, after=condition)
    return [Listed(**row) for row in (await connection.execute(text(query), given)).mappings()]


async def followed(
    connection: AsyncConnection, procedures: Sequence[str], limit: int, after: tuple[Instant, UUID]
) -> list[Listed]:
    """The dossiers of those procedures, the least recently moved first.

    One that was purged is listed as such, once, by its last move: who keeps a copy must hear of it.
    The list ends before what is being written (a second at most, and the longest act): whoever goes on from its last
    row misses nothing.
    """
    until = (await connection.execute(_UNTIL)).scalar_one()
    given = {"procedures": list(procedures), "limit": limit, "at": after[0], "id": after[1], "until": until}
    query = _FOLLOWED.format(columns=_FOLLOWED_COLUMNS)
    return [Listed(**row) for row in (await connection.execute(text(query), given)).mappings()]
