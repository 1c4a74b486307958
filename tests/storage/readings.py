"""Who read what of a dossier, line by line, as the register of readings has it."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.calendar import Instant

_OF = text("""
SELECT at, audience, actor, mandate, what, object FROM access_log
WHERE dossier = :dossier ORDER BY at DESC LIMIT :limit
""")


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """Somebody read something of a dossier. `at` is on the real clock."""

    at: Instant
    audience: str
    actor: UUID | None
    mandate: UUID | None
    what: str
    object: str


async def readings(connection: AsyncConnection, dossier: UUID, limit: int = 200) -> list[Reading]:
    """Who read this dossier, the latest first."""
    rows = await connection.execute(_OF, {"dossier": dossier, "limit": limit})
    return [
        Reading(at=r.at, audience=r.audience, actor=r.actor, mandate=r.mandate, what=r.what, object=r.object)
        for r in rows
    ]
