"""What administrators did, appended in the same transaction as the act; the database refuses any change to it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.tables.accounts import admin_log


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One act; `detail` holds codes and identifiers, never personal data."""

    seq: int
    at: datetime
    actor: UUID | None
    action: str
    target: str
    detail: Mapping[str, object]


async def note(connection: AsyncConnection, actor: UUID | None, action: str, target: object, **detail: object) -> None:
    """Append one act, `account.disable` for instance, on its target."""
    # The operator appends here and reads nothing: no RETURNING.
    appended = admin_log.insert().values(actor=actor, action=action, target=str(target), detail=detail)
    await connection.execute(appended.inline())


async def page(connection: AsyncConnection, *, before: int | None, limit: int) -> list[Entry]:
    """The latest acts first, before a given one."""
    statement = select(admin_log).order_by(admin_log.c.seq.desc()).limit(limit)
    if before is not None:
        statement = statement.where(admin_log.c.seq < before)
    return [Entry(**row) for row in (await connection.execute(statement)).mappings()]
