"""Effects as rows: which are pending and in which order, which reminders were sent, how each ended."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Literal
from uuid import UUID

from sqlalchemy import ColumnElement, func, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.tables.columns import REAL_NOW
from storage.tables.dossiers import carried
from storage.tables.effects import effect

Ended = Literal["done", "failed", "superseded"]
REMINDER = -1
"""The position of a reminder among the rows of its entry: it is written down when it is sent, never before."""
ADDED = 1000
"""The position of what an incident adds: after whatever its entry called for."""


@dataclass(frozen=True, slots=True)
class Pending:
    """An effect still to be done; `seconds` until it may be, on the real clock (0: now)."""

    seq: int
    kind: str
    step: str
    seconds: float


async def pending(connection: AsyncConnection, dossier: UUID) -> list[Pending]:
    """The pending effects of a dossier, in journal order."""
    seconds = func.greatest(0, func.extract("epoch", effect.c.not_before - REAL_NOW))
    wanted = (
        select(effect.c.seq, effect.c.kind, effect.c.step, func.coalesce(seconds, 0))
        .where(effect.c.dossier == dossier, effect.c.status == "pending")
        .order_by(effect.c.seq, effect.c.position)
    )
    return [Pending(seq, kind, step, float(wait)) for seq, kind, step, wait in await connection.execute(wanted)]


async def status(connection: AsyncConnection, dossier: UUID, seq: int, kind: str) -> str | None:
    """How an effect stands; None when there is no such row (a reminder not sent yet)."""
    wanted = select(effect.c.status).where(_this(dossier, seq, kind))
    return (await connection.execute(wanted)).scalar_one_or_none()


async def reminded(connection: AsyncConnection, dossier: UUID) -> set[tuple[str, int]]:
    """The reminders already dealt with: their kinds and the entries that they reminded of."""
    wanted = select(effect.c.kind, effect.c.seq).where(effect.c.dossier == dossier, effect.c.position == REMINDER)
    return {(kind, seq) for kind, seq in await connection.execute(wanted)}


async def end(
    connection: AsyncConnection, dossier: UUID, seq: int, kind: str, how: Ended, *, step: str, code: str | None = None
) -> None:
    """Write down how an effect ended; a reminder gets its row now. Ending it twice changes nothing but the count."""
    values = {"status": how, "last_error_code": code, "done_at": REAL_NOW}
    changed = await connection.execute(
        update(effect).where(_this(dossier, seq, kind)).values(**values, attempts=effect.c.attempts + 1)
    )
    if changed.rowcount == 0:
        row = {"dossier": dossier, "seq": seq, "kind": kind, "step": step, "position": REMINDER, "attempts": 1}
        await connection.execute(insert(effect).values(**row, **values).on_conflict_do_nothing())


async def add(connection: AsyncConnection, dossier: UUID, seq: int, kind: str, *, step: str) -> None:
    """One more effect of an entry, which the entry itself does not call for; there already, nothing."""
    row = {"dossier": dossier, "seq": seq, "kind": kind, "step": step, "position": ADDED}
    await connection.execute(insert(effect).values(**row).on_conflict_do_nothing())


async def note_carried(connection: AsyncConnection, dossier: UUID, seq: int, wake: float | None) -> None:
    """The workflow has taken up the consequences of every entry up to `seq`, and looks again in `wake` seconds.

    `wake` is None when it does not wait for anything by itself.
    """
    wake_at = None if wake is None else REAL_NOW + timedelta(seconds=wake)
    statement = insert(carried).values(dossier=dossier, seq=seq, at=REAL_NOW, wake_at=wake_at)
    new = statement.excluded
    await connection.execute(
        statement.on_conflict_do_update(
            index_elements=[carried.c.dossier],
            set_={"seq": func.greatest(carried.c.seq, new.seq), "at": new.at, "wake_at": new.wake_at},
        )
    )


def _this(dossier: UUID, seq: int, kind: str) -> ColumnElement[bool]:
    return (effect.c.dossier == dossier) & (effect.c.seq == seq) & (effect.c.kind == kind)
