"""Mediators' organisations: legal persons, not personal data; a mediator belongs to one."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import func, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection
from uuid_utils.compat import uuid7

from storage.accounts.accounts import AlreadyExists, Unknown
from storage.tables.accounts import account, organisation


@dataclass(frozen=True, slots=True, kw_only=True)
class Organisation:
    """A body whose mediators file for residents."""

    id: UUID
    name: str
    siret: str | None
    created_at: datetime
    disabled_at: datetime | None


async def add(connection: AsyncConnection, name: str, siret: str | None = None) -> UUID:
    """Create an organisation. Raises AlreadyExists when its SIRET is known."""
    organisation_id = uuid7()
    statement = insert(organisation).values(id=organisation_id, name=name, siret=siret).on_conflict_do_nothing()
    if (await connection.execute(statement.returning(organisation.c.id))).first() is None:
        raise AlreadyExists("Une organisation porte déjà ce SIRET.")
    return organisation_id


async def every(connection: AsyncConnection) -> list[Organisation]:
    """All organisations, by name."""
    rows = (await connection.execute(select(organisation).order_by(organisation.c.name))).mappings()
    return [Organisation(**row) for row in rows]


async def read(connection: AsyncConnection, organisation_id: UUID) -> Organisation:
    """One organisation. Raises Unknown."""
    row = (
        (await connection.execute(select(organisation).where(organisation.c.id == organisation_id))).mappings().first()
    )
    if row is None:
        raise Unknown("Aucune organisation ne porte cet identifiant.")
    return Organisation(**row)


async def members(connection: AsyncConnection, organisation_id: UUID) -> list[UUID]:
    """The mediators of an organisation. Raises Unknown."""
    await read(connection, organisation_id)
    statement = select(account.c.id).where(account.c.organisation == organisation_id).order_by(account.c.id)
    return list((await connection.execute(statement)).scalars())


async def attach(connection: AsyncConnection, organisation_id: UUID, mediator: UUID) -> None:
    """Make a mediator a member, in place of the organisation before. Raises Unknown."""
    await read(connection, organisation_id)
    await _move(connection, mediator, organisation_id)


async def detach(connection: AsyncConnection, organisation_id: UUID, mediator: UUID) -> None:
    """Take a mediator out, with effect on the next request. Raises Unknown."""
    if mediator not in await members(connection, organisation_id):
        raise Unknown("Ce médiateur n'appartient pas à cette organisation.")
    await _move(connection, mediator, None)


async def set_enabled(connection: AsyncConnection, organisation_id: UUID, *, enabled: bool) -> None:
    """Admit an organisation, or shut it out: its mediators' sessions stop answering at once. Raises Unknown."""
    at = None if enabled else func.clock_timestamp()
    changed = await connection.execute(
        update(organisation).where(organisation.c.id == organisation_id).values(disabled_at=at)
    )
    if changed.rowcount != 1:
        raise Unknown("Aucune organisation ne porte cet identifiant.")


async def _move(connection: AsyncConnection, mediator: UUID, to: UUID | None) -> None:
    statement = update(account).where(account.c.id == mediator, account.c.audience == "mediator")
    if (await connection.execute(statement.values(organisation=to))).rowcount != 1:
        raise Unknown("Aucun compte de médiateur ne porte cet identifiant.")
