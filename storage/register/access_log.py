"""Who read which dossier: one append-only chain per civil day, by a function that nobody can go round."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.actors import Actor

_READ = text("SELECT note_reading(:dossier, :audience, :actor, :mandate, :what, :object)")
_FOUND = text(
    "SELECT note_reading(d, :audience, :actor, :mandate, :what, '') FROM unnest(CAST(:dossiers AS uuid[])) AS d"
)


async def note(connection: AsyncConnection, dossier: UUID, actor: Actor, what: str, object_: str = "") -> None:
    """Write down a reading, in the transaction that reads."""
    given = {"dossier": dossier, "audience": actor.kind, "actor": actor.id, "mandate": actor.mandate}
    await connection.execute(_READ, given | {"what": what, "object": object_})


async def note_each(connection: AsyncConnection, dossiers: Sequence[UUID], actor: Actor, what: str) -> None:
    """Write down that the same was read of each of those dossiers, in the transaction that reads."""
    given = {"audience": actor.kind, "actor": actor.id, "mandate": actor.mandate}
    await connection.execute(_FOUND, given | {"what": what, "dossiers": list(dossiers)})
