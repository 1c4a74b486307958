"""Systems and their tokens: scoped, hashed, always expiring; a token can be replaced without losing the system."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import func, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection
from uuid_utils.compat import uuid7

from domain.permissions import Scope
from storage.accounts.accounts import Unknown
from storage.accounts.sessions import digest
from storage.engine.questions import Question, first
from storage.tables.accounts import external_system, system_token

PREFIX = "gch_"
LONGEST = timedelta(days=400)


@dataclass(frozen=True, slots=True, kw_only=True)
class Created:
    """A new token; its text is shown here only."""

    id: UUID
    system: UUID
    token: str = field(repr=False)
    expires_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Token:
    """A token as lists show it."""

    id: UUID
    system: UUID
    name: str
    scopes: tuple[str, ...]
    created_at: datetime
    expires_at: datetime
    revoked_at: datetime | None
    last_used_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class SystemBearer:
    """The system that bears a live token."""

    token: UUID
    system: UUID
    name: str
    scopes: tuple[Scope, ...]


async def create(connection: AsyncConnection, name: str, scopes: Sequence[Scope], lasting: timedelta) -> Created:
    """Give a token to the system of that name, known or new. Raises ValueError for no scope, or a bad duration."""
    if not scopes:
        raise ValueError("Un jeton porte au moins un droit (<démarche>:<verbe>).")
    if not timedelta(0) < lasting <= LONGEST:
        raise ValueError(f"Un jeton dure de 1 à {LONGEST.days} jours.")
    token = PREFIX + secrets.token_urlsafe(32)
    statement = (
        system_token.insert()
        .values(
            id=uuid7(),
            system=await _system(connection, name),
            token_hash=digest(token),
            scopes=sorted({str(scope) for scope in scopes}),
            expires_at=func.clock_timestamp() + lasting,
        )
        .returning(system_token.c.id, system_token.c.system, system_token.c.expires_at)
    )
    row = (await connection.execute(statement)).one()
    return Created(id=row.id, system=row.system, token=token, expires_at=row.expires_at)


async def every(connection: AsyncConnection) -> list[Token]:
    """All tokens, by age; none of their texts."""
    joined = system_token.join(external_system, external_system.c.id == system_token.c.system)
    columns = [column for column in system_token.c if column.name != "token_hash"]
    statement = select(*columns, external_system.c.name).select_from(joined).order_by(system_token.c.id)
    rows = (await connection.execute(statement)).mappings()
    return [Token(**{**row, "scopes": tuple(row["scopes"])}) for row in rows]


async def revoke(connection: AsyncConnection, token_id: UUID) -> None:
    """Stop a token at once; doing it twice is harmless. Raises Unknown."""
    at = func.coalesce(system_token.c.revoked_at, func.clock_timestamp())
    changed = await connection.execute(update(system_token).where(system_token.c.id == token_id).values(revoked_at=at))
    if changed.rowcount != 1:
        raise Unknown("Aucun jeton ne porte cet identifiant.")


_BEARER = "SELECT token, system, name, scopes FROM identity_system(%s)"


def bearing(token: str) -> Question[SystemBearer | None]:
    """The system that bears the token, unless it is expired, revoked, or its system disabled."""
    return first(_bearer, _BEARER, digest(token))


def _bearer(*, scopes: Sequence[str], **rest: Any) -> SystemBearer:
    return SystemBearer(scopes=tuple(Scope.parse(scope) for scope in scopes), **rest)


async def _system(connection: AsyncConnection, name: str) -> UUID:
    statement = insert(external_system).values(id=uuid7(), name=name).on_conflict_do_nothing()
    await connection.execute(statement)
    found = select(external_system.c.id).where(external_system.c.name == name)
    return UUID(str((await connection.execute(found)).scalar_one()))
