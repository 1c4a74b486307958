"""Who read which dossier: one append-only chain per civil day, by a function that nobody can go round."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.actors import Actor
from domain.calendar import Instant

_READ = text("SELECT note_reading(:dossier, :audience, :actor, :mandate, :what, :object)")
_FOUND = text(
    "SELECT note_reading(d, :audience, :actor, :mandate, :what, '') FROM unnest(CAST(:dossiers AS uuid[])) AS d"
)
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


async def note(connection: AsyncConnection, dossier: UUID, actor: Actor, what: str, object_: str = "") -> None:
    """Write down a reading, in the transaction that reads."""
    given = {"dossier": dossier, "audience": actor.kind, "actor": actor.id, "mandate": actor.mandate}
    await connection.execute(_READ, given | {"what": what, "object": object_})


async def note_each(connection: AsyncConnection, dossiers: Sequence[UUID], actor: Actor, what: str) -> None:
    """Write down that the same was read of each of those dossiers, in the transaction that reads."""
    given = {"audience": actor.kind, "actor": actor.id, "mandate": actor.mandate}
    await connection.execute(_FOUND, given | {"what": what, "dossiers": list(dossiers)})


async def readings(connection: AsyncConnection, dossier: UUID, limit: int = 200) -> list[Reading]:
    """Who read this dossier, the latest first."""
    rows = await connection.execute(_OF, {"dossier": dossier, "limit": limit})
    return [
        Reading(at=r.at, audience=r.audience, actor=r.actor, mandate=r.mandate, what=r.what, object=r.object)
        for r in rows
    ]
