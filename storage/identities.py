"""OpenID Connect identities: which account each opens. A provider's `sub` is kept as a fingerprint."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.accounts import Audience
from storage.master_key import MasterKey
from storage.tables.identities import account_identity


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


def _hash(master: MasterKey, audience: Audience, issuer: str, subject: str) -> bytes:
    return master.fingerprint(subject, f"subject|{audience}|{issuer}")
