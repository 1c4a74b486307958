"""Accounts: found by fingerprint, shown unsealed, never deleted (disabled: the journal names them)."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from sqlalchemy import RowMapping, func, select, text, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection
from uuid_utils.compat import uuid7

from storage.accounts.people import email_hash, open_email, open_name, reachable, seal_email, seal_name
from storage.engine.master_key import MasterKey
from storage.engine.rows import of_row
from storage.tables.accounts import account, session

Audience = Literal["resident", "agent", "mediator", "administrator"]
STAFF: tuple[Audience, ...] = ("agent", "mediator", "administrator")
_SHOWN = select(
    *(account.c[name] for name in ("id", "audience", "email_sealed", "name_sealed", "organisation")),
    *(account.c[name] for name in ("created_at", "disabled_at", "totp_sealed")),
)


class AlreadyExists(ValueError):
    """An account, a group, an organisation or a system of that name is there already."""


class Unknown(LookupError):
    """Nothing has that identifier."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """A person who may sign in, as lists show it: no secret. `email` is empty for who has no address."""

    id: UUID
    audience: str
    email: str
    name: str
    organisation: UUID | None
    created_at: datetime
    disabled_at: datetime | None
    has_second_factor: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Credentials:
    """What a sign-in is checked against."""

    id: UUID
    password_hash: str | None = field(repr=False)
    totp_sealed: bytes | None = field(repr=False)
    disabled: bool
    password_to_change: bool


async def add(
    connection: AsyncConnection,
    master: MasterKey,
    audience: Audience,
    email: str,
    name: str,
    *,
    password_hash: str | None = None,
    password_to_change: bool = False,
    totp_secret: str | None = None,
    organisation: UUID | None = None,
) -> UUID:
    """Create an account. Raises AlreadyExists when this audience has that address."""
    account_id = uuid7()
    statement = insert(account).values(
        id=account_id,
        audience=audience,
        email_hash=email_hash(master, audience, email),
        email_sealed=seal_email(master, account_id, email),
        name_sealed=seal_name(master, account_id, name),
        password_hash=password_hash,
        password_to_change=password_to_change,
        totp_sealed=totp_secret and seal_totp(master, account_id, totp_secret),
        organisation=organisation,
    )
    added = await connection.execute(statement.on_conflict_do_nothing().returning(account.c.id))
    if added.first() is None:
        raise AlreadyExists("Un compte de cet espace porte déjà cette adresse.")
    return account_id


async def resident_of(connection: AsyncConnection, master: MasterKey, email: str, name: str = "") -> UUID | None:
    """The resident whose address it is, created at need with that name; None when the account is disabled."""
    account_id = uuid7()
    statement = text("SELECT identity_resident(:id, :hash, :sealed, :name)")
    values = {
        "id": account_id,
        "hash": email_hash(master, "resident", email),
        "sealed": seal_email(master, account_id, email),
        "name": seal_name(master, account_id, name),
    }
    found: UUID | None = (await connection.execute(statement, values)).scalar_one()
    return found


async def credentials(
    connection: AsyncConnection, master: MasterKey, audience: Audience, email: str
) -> Credentials | None:
    """What to check a password and a second factor against, if the account exists."""
    statement = text("SELECT * FROM identity_credentials(:audience, :hash)")
    values = {"audience": audience, "hash": email_hash(master, audience, email)}
    row = (await connection.execute(statement, values)).mappings().first()
    return None if row is None else Credentials(**row)


async def read(connection: AsyncConnection, master: MasterKey, account_id: UUID) -> Account:
    """One account. Raises Unknown."""
    row = (await connection.execute(_SHOWN.where(account.c.id == account_id))).mappings().first()
    if row is None:
        raise Unknown("Aucun compte ne porte cet identifiant.")
    return _shown(master, row)


async def find(connection: AsyncConnection, master: MasterKey, audience: Audience, email: str) -> Account:
    """The account of that address. Raises Unknown."""
    found = _SHOWN.where(account.c.audience == audience, account.c.email_hash == email_hash(master, audience, email))
    row = (await connection.execute(found)).mappings().first()
    if row is None:
        raise Unknown("Aucun compte de cet espace ne porte cette adresse.")
    return _shown(master, row)


async def page(
    connection: AsyncConnection, master: MasterKey, *, audience: str | None = None, after: UUID | None, limit: int
) -> list[Account]:
    """Accounts by identifier (so, by age), after a given one."""
    statement = _SHOWN.order_by(account.c.id).limit(limit)
    if audience is not None:
        statement = statement.where(account.c.audience == audience)
    if after is not None:
        statement = statement.where(account.c.id > after)
    return [_shown(master, row) for row in (await connection.execute(statement)).mappings()]


async def disable(connection: AsyncConnection, account_id: UUID) -> None:
    """Forbid signing in, and end every session at once. Raises Unknown."""
    await _change(connection, account_id, disabled_at=func.clock_timestamp())
    await end_sessions(connection, account_id)


async def enable(connection: AsyncConnection, account_id: UUID) -> None:
    """Admit a disabled account again. Raises Unknown."""
    await _change(connection, account_id, disabled_at=None)


async def password_hash(connection: AsyncConnection, account_id: UUID) -> str | None:
    """The digest of an account's password, for its owner who gives the password again."""
    statement = select(account.c.password_hash).where(account.c.id == account_id)
    digest: str | None = (await connection.execute(statement)).scalar_one_or_none()
    return digest


async def set_password(
    connection: AsyncConnection, account_id: UUID, password_hash: str, *, to_change: bool = False
) -> None:
    """Replace the password; the caller decides which sessions end. Raises Unknown.

    `to_change`: somebody else than its owner knows it.
    """
    await _change(connection, account_id, password_hash=password_hash, password_to_change=to_change)


async def set_second_factor(connection: AsyncConnection, master: MasterKey, account_id: UUID, secret: str) -> None:
    """Replace the second factor, and end every session. Raises Unknown."""
    await _change(connection, account_id, totp_sealed=seal_totp(master, account_id, secret), totp_last_step=None)
    await end_sessions(connection, account_id)


async def end_sessions(connection: AsyncConnection, account_id: UUID) -> None:
    """End every session of an account at once."""
    await connection.execute(session.delete().where(session.c.account == account_id))


async def sealed_totp(connection: AsyncConnection, account_id: UUID) -> bytes | None:
    """The sealed second factor of the account whose context this is."""
    statement = select(account.c.totp_sealed).where(account.c.id == account_id)
    sealed: bytes | None = (await connection.execute(statement)).scalar_one_or_none()
    return sealed


async def spend_totp_step(connection: AsyncConnection, account_id: UUID, step: int) -> bool:
    """Note that this step has served; False when it, or a later one, already had."""
    later = (account.c.totp_last_step.is_(None)) | (account.c.totp_last_step < step)
    statement = update(account).where(account.c.id == account_id, later).values(totp_last_step=step)
    return (await connection.execute(statement)).rowcount == 1


def seal_totp(master: MasterKey, account_id: UUID, secret: str) -> bytes:
    """Seal a second factor's secret for its account."""
    return master.seal(secret.encode(), f"{account_id}|totp")


def open_totp(master: MasterKey, account_id: UUID, sealed: bytes) -> str:
    """The secret that `seal_totp` sealed."""
    return master.open(sealed, f"{account_id}|totp").decode()


async def speak(connection: AsyncConnection, account_id: UUID, language: str) -> None:
    """Remember the language of this account's e-mails. Raises Unknown."""
    await _change(connection, account_id, language=language)


async def _change(connection: AsyncConnection, account_id: UUID, **values: Any) -> None:
    changed = await connection.execute(update(account).where(account.c.id == account_id).values(**values))
    if changed.rowcount != 1:
        raise Unknown("Aucun compte ne porte cet identifiant.")


def _shown(master: MasterKey, row: RowMapping) -> Account:
    email = open_email(master, row["id"], row["email_sealed"])
    return of_row(
        Account,
        row,
        email=email if reachable(email) else "",
        name=open_name(master, row["id"], row["name_sealed"]),
        has_second_factor=row["totp_sealed"] is not None,
    )
