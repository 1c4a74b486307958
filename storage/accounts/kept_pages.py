"""Pages that answered a form, kept sealed for an hour under an identifier that nobody guesses."""

from datetime import timedelta
from uuid import UUID

from sqlalchemy import delete, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.engine.master_key import MasterKey
from storage.tables.accounts import kept_page

LIFETIME = timedelta(hours=1)


async def keep(connection: AsyncConnection, master: MasterKey, id_: UUID, content: bytes) -> None:
    """Keep a page; those that are too old are swept away on the way."""
    await connection.execute(delete(kept_page).where(kept_page.c.expires_at < func.clock_timestamp()))
    await connection.execute(
        kept_page.insert().values(
            id=id_, sealed=master.seal(content, _context(id_)), expires_at=func.clock_timestamp() + LIFETIME
        )
    )


async def kept(connection: AsyncConnection, master: MasterKey, id_: UUID) -> bytes | None:
    """The page of this identifier; None when there is none, or for too long. Raises Unreadable."""
    wanted = select(kept_page.c.sealed).where(kept_page.c.id == id_, kept_page.c.expires_at > func.clock_timestamp())
    sealed: bytes | None = (await connection.execute(wanted)).scalar_one_or_none()
    return None if sealed is None else master.open(sealed, _context(id_))


def _context(id_: UUID) -> str:
    return f"kept-page|{id_}"
