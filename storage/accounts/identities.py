"""OpenID Connect identities: which account each opens. A provider's `sub` is kept as a fingerprint."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import delete, select, text
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.accounts.accounts import Audience, Unknown
from storage.engine.master_key import MasterKey
from storage.tables.accounts import account_identity


@dataclass(frozen=True, slots=True, kw_only=True)
class Bound:
    """The account that an identity opens."""

    account: UUID
    disabled: bool


async def bound(
    connection: AsyncConnection, master: MasterKey, audience: Audience, issuer: str, subject: str
) -> Bound | None:
    """The account of this identity, if it was bound to one."""
    statement = text("SELECT account, disabled FROM identity_of_subject(:audience, :issuer, :hash)")
    values = {"audience": audience, "issuer": issuer, "hash": _hash(master, audience, issuer, subject)}
    row = (await connection.execute(statement, values)).first()
    return None if row is None else Bound(account=row.account, disabled=row.disabled)


async def bind(
    connection: AsyncConnection, master: MasterKey, audience: Audience, issuer: str, subject: str, account: UUID
) -> bool:
    """Bind an identity to the account whose context this is; False when either is already bound to another."""
    statement = insert(account_identity).values(
        audience=audience, issuer=issuer, subject_hash=_hash(master, audience, issuer, subject), account=account
    )
    added = await connection.execute(statement.on_conflict_do_nothing().returning(account_identity.c.account))
    return added.first() is not None


async def rebind(connection: AsyncConnection, master: MasterKey, audience: Audience, issuer: str, subject: str) -> bool:
    """Bind this identity, in place of the former one, to the account whose context this is.

    False, and nothing changed, when the identity opens another account or the account is closed.
    """
    statement = text("SELECT identity_rebind(:audience, :issuer, :hash)")
    values = {"audience": audience, "issuer": issuer, "hash": _hash(master, audience, issuer, subject)}
    return bool((await connection.execute(statement, values)).scalar_one())


@dataclass(frozen=True, slots=True, kw_only=True)
class Identity:
    """A provider by which an account is opened; who the person is there is kept as a fingerprint, and not shown."""

    issuer: str
    created_at: datetime


async def of_account(connection: AsyncConnection, account: UUID) -> list[Identity]:
    """The identities bound to an account, the first bound first."""
    columns = (account_identity.c.issuer, account_identity.c.created_at)
    wanted = select(*columns).where(account_identity.c.account == account).order_by(account_identity.c.created_at)
    return [Identity(**row) for row in (await connection.execute(wanted)).mappings()]


async def unbind(connection: AsyncConnection, account: UUID, issuer: str) -> None:
    """Unbind the account from a provider. Raises Unknown when it is not bound to it."""
    gone = delete(account_identity).where(account_identity.c.account == account, account_identity.c.issuer == issuer)
    if (await connection.execute(gone)).rowcount == 0:
        raise Unknown(issuer)


def _hash(master: MasterKey, audience: Audience, issuer: str, subject: str) -> bytes:
    return master.fingerprint(subject, f"subject|{audience}|{issuer}")
