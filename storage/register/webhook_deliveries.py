"""Deliveries: one row for each move and each address to tell, with what became of it."""

from dataclasses import dataclass, field
from uuid import UUID, uuid5

from sqlalchemy import any_, func, insert, literal, or_, select, update
from sqlalchemy.dialects.postgresql import insert as insert_unless_there
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.calendar import Instant
from storage.accounts.webhooks import secrets_of
from storage.engine.master_key import MasterKey
from storage.engine.rows import of_row
from storage.tables.columns import REAL_NOW
from storage.tables.dossiers import dossier
from storage.tables.effects import outbox
from storage.tables.journal import journal
from storage.tables.webhooks import webhook_delivery, webhook_endpoint


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """What is told to whom: ids and codes of the move, the address, and the secrets that sign.

    `disabled`: the address was removed, or its system bears no live token that gives `webhook` on the procedure.
    """

    id: UUID
    status: str
    url: str
    disabled: bool
    secrets: tuple[str, ...] = field(repr=False)
    dossier: UUID
    procedure: str
    seq: int
    kind: str
    effective: Instant
    recorded_at: Instant


async def prepare(connection: AsyncConnection, dossier_id: UUID, procedure: str, seq: int) -> int:
    """Make the deliveries of a move, one for each address that wants it, and ask the relay to start them.

    An address whose system bears no live token that gives `webhook` on the procedure is told of nothing. Ids are
    derived from the move and the address: preparing twice makes nothing new. Gives how many were made.
    """
    endpoint = webhook_endpoint.c
    wants = or_(literal(procedure) == any_(endpoint.procedures), literal("*") == any_(endpoint.procedures))
    entitled = func.webhook_right(endpoint.system, procedure)
    found = await connection.execute(select(endpoint.id).where(wants, endpoint.disabled_at.is_(None), entitled))
    made = 0
    for address in found.scalars():
        delivery = uuid5(address, f"{dossier_id}/{seq}")
        row = {"id": delivery, "endpoint": address, "dossier": dossier_id, "seq": seq}
        # The row that comes back says that it is new: the count of an INSERT is not kept by SQLAlchemy.
        unless_there = insert_unless_there(webhook_delivery).values(**row).on_conflict_do_nothing()
        if (await connection.execute(unless_there.returning(webhook_delivery.c.id))).scalar() is not None:
            await connection.execute(insert(outbox).values(kind="webhook", subject=str(delivery)))
            made += 1
    return made


async def read(connection: AsyncConnection, master: MasterKey, delivery: UUID) -> Delivery | None:
    """A delivery and all that it takes to make it; None when there is no such row."""
    told, to, of, what = webhook_delivery.c, webhook_endpoint.c, dossier.c, journal.c
    wanted = (
        select(
            told.id, told.status, told.dossier, told.seq, to.url, to.disabled_at, to.secret, to.id.label("endpoint"),
            func.webhook_right(to.system, of.procedure).label("entitled"),
            of.procedure, what.kind, what.effective, what.recorded_at,
        )
        .join_from(webhook_delivery, webhook_endpoint)
        .join(dossier, of.id == told.dossier)
        .join(journal, (what.dossier == told.dossier) & (what.seq == told.seq))
        .where(told.id == delivery)
    )  # fmt: skip
    row = (await connection.execute(wanted)).mappings().first()
    if row is None:
        return None
    disabled = row["disabled_at"] is not None or not row["entitled"]
    return of_row(Delivery, row, disabled=disabled, secrets=secrets_of(master, row["endpoint"], row["secret"]))


async def note(connection: AsyncConnection, delivery: UUID, status: str, code: str) -> None:
    """Write down an attempt: `pending`, `delivered` or `failed`, and the answer's code. A delivered one stays so."""
    values = {"status": status, "last_code": code, "attempts": webhook_delivery.c.attempts + 1}
    if status == "delivered":
        values["delivered_at"] = REAL_NOW
    these = (webhook_delivery.c.id == delivery) & (webhook_delivery.c.status != "delivered")
    await connection.execute(update(webhook_delivery).where(these).values(**values))
