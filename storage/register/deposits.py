"""By which system a dossier, or a deposit about to be made, came."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.register.lock import NotFound

_ORIGIN = text(
    "SELECT procedure, system FROM dossier WHERE id = :id UNION ALL SELECT procedure, system FROM draft WHERE id = :id"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """What was asked for, and the system that deposited it (None: a person did)."""

    procedure: str
    system: UUID | None


async def origin_of(connection: AsyncConnection, dossier: UUID) -> Origin:
    """The origin of a dossier or of a prepared deposit that the context may see; it never changes. Raises NotFound."""
    row = (await connection.execute(_ORIGIN, {"id": dossier})).first()
    if row is None:
        raise NotFound
    return Origin(procedure=row.procedure, system=row.system)
