"""To whom the worker writes: the person of a dossier, the agents who serve its procedure."""

from dataclasses import dataclass, field
from uuid import UUID

from sqlalchemy import Select, select
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.accounts.people import open_email, open_name
from storage.engine.master_key import MasterKey
from storage.tables.accounts import account, group_member, group_procedure

MAY_ACT = ("instructor", "signatory")


@dataclass(frozen=True, slots=True)
class Recipient:
    """An account to write to."""

    account: UUID
    email: str = field(repr=False)
    name: str = field(default="", repr=False)
    language: str | None = None


async def person(connection: AsyncConnection, master: MasterKey, resident: UUID | None) -> Recipient | None:
    """The account of a dossier's resident; None when there is none in use (a deposit by a system)."""
    if resident is None:
        return None
    wanted = select(account.c.id, account.c.email_sealed, account.c.name_sealed, account.c.language)
    found = await _read(connection, master, wanted.where(account.c.id == resident, account.c.disabled_at.is_(None)))
    return found[0] if found else None


async def agents(
    connection: AsyncConnection, master: MasterKey, procedure: str, taken_by: UUID | None
) -> list[Recipient]:
    """Who took the dossier, while they still may act on it; else every agent who may, by the procedure's groups."""
    wanted = (
        select(account.c.id, account.c.email_sealed, account.c.name_sealed, account.c.language)
        .join(group_member, group_member.c.account == account.c.id)
        .join(group_procedure, group_procedure.c.group_slug == group_member.c.group_slug)
        .where(group_procedure.c.procedure == procedure, group_member.c.role.in_(MAY_ACT))
        .where(account.c.disabled_at.is_(None))
        .distinct()
        .order_by(account.c.id)
    )
    everybody = await _read(connection, master, wanted)
    return [agent for agent in everybody if agent.account == taken_by] or everybody


async def _read(
    connection: AsyncConnection, master: MasterKey, wanted: Select[UUID, bytes, bytes | None, str | None]
) -> list[Recipient]:
    return [
        Recipient(id, open_email(master, id, email), open_name(master, id, name), language)
        for id, email, name, language in await connection.execute(wanted)
    ]
