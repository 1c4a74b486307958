"""Documents given that are no more (a virus found, a content lost): their dossier is told, once for each."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any, Final
from uuid import UUID

import structlog
from sqlalchemy import exists, select

from domain.actors import WORKER
from domain.document_loss import Cause
from domain.refusals import Refused
from domain.steps.completeness import CeaseDocument
from storage.documents.rows import REAL_NOW
from storage.engine.database import Context, Database
from storage.engine.keys import KeyDestroyed
from storage.register.door import record
from storage.register.lock import NotFound, Purged
from storage.tables.documents import document
from storage.tables.dossiers import dossier
from storage.tables.journal import journal

AT_ONCE: Final = 200
LOOKED_BACK: Final = timedelta(days=30)
"""Older ones were told, or answer nothing: nobody looks again."""
log = structlog.get_logger(__name__)


async def tell_ceased(database: Database, context: Context, *, only: UUID | None = None) -> int:
    """Record, in each filed dossier, its documents that are no more; how many were. `only`: that one document."""
    told = 0
    for row in await _untold(database, context, only):
        cause: Cause = "virus" if row.status == "infected" else "lost"
        command = CeaseDocument(document=row.id, cause=cause)
        try:
            # A document is told once: it is its own command.
            await record(database, row.dossier, command, WORKER, command_id=row.id, context=context)
        except Refused:
            continue  # it answers no piece
        except (NotFound, Purged, KeyDestroyed):
            continue
        told += 1
    if told:
        log.warning("documents_ceased", count=told)
    return told


async def _untold(database: Database, context: Context, only: UUID | None) -> Sequence[Any]:
    wanted = (
        select(document.c.id, document.c.dossier, document.c.status)
        .join(dossier, dossier.c.id == document.c.dossier)
        .where(
            document.c.status.in_(("infected", "lost")),
            document.c.settled_at > REAL_NOW - LOOKED_BACK,
            dossier.c.purged_at.is_(None),
            ~exists().where(journal.c.command_id == document.c.id),
        )
        .order_by(document.c.settled_at.desc())
        .limit(AT_ONCE)
    )
    if only is not None:
        wanted = wanted.where(document.c.id == only)
    async with database.transaction(context) as connection:
        return (await connection.execute(wanted)).all()
