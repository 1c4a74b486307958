"""The published rows of what was granted: kept in clear, read by anybody."""

from collections.abc import Mapping
from uuid import UUID

from sqlalchemy import delete, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.open_data import Granted
from storage.tables.campaigns import granted_row


async def keep(
    connection: AsyncConnection, dossier: UUID, granted: Granted, *, reference: str, procedure: str, seq: int
) -> None:
    """The row of a dossier as of entry `seq`; one made as of a later entry stays."""
    statement = insert(granted_row).values(
        dossier=dossier,
        reference=reference,
        procedure=procedure,
        convention_on=granted.convention_on,
        columns=dict(granted.columns),
        seq=seq,
    )
    new = statement.excluded
    await connection.execute(
        statement.on_conflict_do_update(
            index_elements=[granted_row.c.dossier],
            set_={"convention_on": new.convention_on, "columns": new.columns, "seq": new.seq},
            where=granted_row.c.seq <= new.seq,
        )
    )


async def take_down(connection: AsyncConnection, dossier: UUID, seq: int) -> None:
    """A grant withdrawn, or renounced, by entry `seq` is published no more."""
    await connection.execute(delete(granted_row).where(granted_row.c.dossier == dossier, granted_row.c.seq <= seq))


async def rows(connection: AsyncConnection) -> list[Mapping[str, str]]:
    """Every published row, by day of convention."""
    wanted = select(granted_row.c.columns).order_by(granted_row.c.convention_on, granted_row.c.reference)
    return list((await connection.execute(wanted)).scalars())
