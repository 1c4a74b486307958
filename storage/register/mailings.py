"""E-mails by recipient: whom the one of an entry reached, and whom it never will."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.tables.columns import REAL_NOW
from storage.tables.dossiers import dossier as dossier_table
from storage.tables.effects import incident, mailing

Ended = Literal["accepted", "refused"]
REFUSED = "address_refused"
"""The code of an incident about an address that a mail server refuses for good."""


@dataclass(frozen=True, slots=True)
class Mailing:
    """The e-mail `kind` of entry `seq`, whoever receives it."""

    dossier: UUID
    seq: int
    kind: str

    @property
    def key(self) -> str:
        """What names it once and for all."""
        return f"{self.dossier}|{self.seq}|{self.kind}"


async def ended(connection: AsyncConnection, which: Mailing) -> dict[UUID, Ended]:
    """How the last attempt ended for each account that it ended for."""
    wanted = select(mailing.c.account, mailing.c.status).where(
        mailing.c.dossier == which.dossier, mailing.c.seq == which.seq, mailing.c.kind == which.kind
    )
    return {row.account: row.status for row in await connection.execute(wanted)}


async def note(connection: AsyncConnection, which: Mailing, how: Mapping[UUID, Ended]) -> None:
    """Write down how it ended for those accounts; what was once accepted stays so, from the first time."""
    common = {"dossier": which.dossier, "seq": which.seq, "kind": which.kind, "at": REAL_NOW}
    for account, status in how.items():
        row = {**common, "account": account, "status": status}
        statement = insert(mailing).values(**row)
        again = {"status": statement.excluded.status, "at": statement.excluded.at}
        await connection.execute(
            statement.on_conflict_do_update(
                index_elements=["dossier", "seq", "kind", "account"], set_=again, where=mailing.c.status != "accepted"
            )
        )


async def known_dead(connection: AsyncConnection, procedure: str, accounts: set[UUID]) -> set[UUID]:
    """Those whose address an open incident of this procedure already says to be refused.

    Until the transaction ends nobody else asks of the same procedure: two e-mails at once open one incident.
    """
    turn = func.pg_advisory_xact_lock(func.hashtextextended(f"dead addresses|{procedure}", 0))
    await connection.execute(select(turn))
    same = (
        (incident.c.dossier == mailing.c.dossier)
        & (incident.c.seq == mailing.c.seq)
        & (incident.c.kind == mailing.c.kind)
        & (incident.c.code == REFUSED)
        & incident.c.closed_at.is_(None)
    )
    wanted = (
        select(mailing.c.account)
        .join(incident, same)
        .join(dossier_table, dossier_table.c.id == mailing.c.dossier)
        .where(mailing.c.status == "refused", mailing.c.account.in_(accounts))
        .where(dossier_table.c.procedure == procedure)
    )
    return set((await connection.execute(wanted)).scalars())
