"""Who has read a dossier, by name: the person whose dossier it is may know (CRPA L111-2)."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.accounts.people import open_name
from storage.engine.master_key import MasterKey

_OF = text("""
    SELECT l.at, l.audience, l.actor, l.what, staff_name(l.actor) AS name_sealed, o.name AS organisation
    FROM access_log l LEFT JOIN dossier d ON d.id = l.dossier AND l.mandate IS NOT NULL
    LEFT JOIN organisation o ON o.id = d.organisation
    WHERE l.dossier = :dossier ORDER BY l.at DESC, l.seq DESC LIMIT :limit
""")


@dataclass(frozen=True, slots=True, kw_only=True)
class Reader:
    """Somebody read `what` (a code) of a dossier. `at` is on the real clock; `name` is empty for machines."""

    at: datetime
    audience: str
    name: str
    organisation: str
    what: str


async def of_dossier(connection: AsyncConnection, master: MasterKey, dossier: UUID, limit: int = 200) -> list[Reader]:
    """The readings that the context may see, the latest first."""
    rows = await connection.execute(_OF, {"dossier": dossier, "limit": limit})
    return [
        Reader(
            at=row.at,
            audience=row.audience,
            name=open_name(master, row.actor, row.name_sealed) if row.actor is not None else "",
            organisation=row.organisation or "",
            what=row.what,
        )
        for row in rows
    ]
