"""A due date kept in clear that nothing comes of any more: put right when its dossier is looked at."""

from uuid import UUID

from sqlalchemy import func, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.dossier import Dossier
from storage.register.in_clear import in_clear
from storage.tables.dossiers import clock
from storage.tables.queues import queue_row


async def put_right(connection: AsyncConnection, dossier: UUID, state: Dossier) -> bool:
    """Write again what is due of a dossier whose row says that it is past, when nothing of `state` is; whether it was.

    A row keeps what was awaited by the version of Guichet that wrote it, until the dossier moves. Lists would show
    that date, and the reconciler call for the dossier each minute.
    """
    past = (clock.c.dossier == dossier, clock.c.seq == state.seq, clock.c.due_at <= func.legal_now())
    if (await connection.execute(select(clock.c.seq).where(*past))).first() is None:
        return False
    clear = in_clear(state)
    said = {"due_at": clear.due_at, "due_kind": clear.due_kind, "due_article": clear.due_article}
    await connection.execute(update(clock).where(*past).values(said))
    row = (queue_row.c.dossier == dossier, queue_row.c.seq == state.seq)
    await connection.execute(update(queue_row).where(*row).values(due_at=clear.first_at or "infinity"))
    return True
