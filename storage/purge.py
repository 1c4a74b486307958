"""Purge: destroy a dossier's key, and with it everything sealed under it, in every copy and every backup.

The journal stays, with one entry more that says when and on which ground; what stood in clear for lists is deleted.
"""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import text

from domain.actors import Actor
from domain.calendar import Instant
from storage import journal, writing
from storage.database import WORKING, Database
from storage.held import WRITING_NOW, NotFound, header_of, lock
from storage.pipeline import Statement

_DOSSIER = (
    "UPDATE dossier SET state = NULL, version = %s, head = %s, recorded_at = %s, purged_at = %s, purged_ground = %s"
    " WHERE id = %s"
)
_CLOCK = "UPDATE clock SET closed = true, due_at = NULL, due_kind = NULL, due_article = NULL WHERE dossier = %s"
_EFFECTS = "UPDATE effect SET status = 'superseded' WHERE dossier = %s AND status = 'pending'"
_DELETIONS = (
    "DELETE FROM queue_row WHERE dossier = %s",
    "DELETE FROM search_token WHERE dossier = %s",
    "DELETE FROM idempotency WHERE dossier = %s",
)


class NoGround(ValueError):
    """A purge must say on which ground it is made."""


async def purge(database: Database, dossier: UUID, *, ground: str, actor: Actor) -> Instant:
    """Destroy the content of a dossier, for ever; give the instant of its purge (UTC).

    Written down first, destroyed next: interrupted between the two, doing it again ends it. The first ground stays.
    Raises NotFound, NoGround.
    """
    if not ground.strip():
        raise NoGround("La purge doit dire à quel titre elle est faite (texte, durée de conservation, décision).")
    at = await _write_down(database, dossier, ground.strip(), actor)
    await database.keys.destroy(dossier)
    database.nudge()
    return at


async def finish_purges(database: Database) -> int:
    """Destroy the keys that a journalled purge should have destroyed, after a restore of the keys' database too."""
    query = "SELECT id FROM dossier WHERE purged_at IS NOT NULL"
    async with database.transaction(WORKING) as connection:
        purged = list((await connection.execute(text(query))).scalars())
    return await database.keys.destroy_all(purged)


async def _write_down(database: Database, dossier: UUID, ground: str, actor: Actor) -> Instant:
    async with database.hot(WORKING, lock(dossier), WRITING_NOW) as (hot, (rows, now)):
        if not rows:
            raise NotFound(str(dossier))
        header, _ = header_of(rows[0])
        if header.purged_at is not None:
            return header.purged_at
        at: Instant = max(now[0][0], header.recorded_at)
        seq = header.version + 1
        entry = journal.tombstone(dossier, seq, at=at, actor=actor, ground=ground, after=header.head)
        deletions: tuple[Statement, ...] = tuple((deletion, (dossier,)) for deletion in _DELETIONS)
        await hot.commit(
            *journal.insertions([entry]),
            (_DOSSIER, (seq, entry.hash, at, at, ground, dossier)),
            (_CLOCK, (dossier,)),
            (_EFFECTS, (dossier,)),
            *deletions,
            # Its workflow, if one still waits, looks, finds nothing to read, and ends.
            writing.outbox(dossier, header.procedure, seq),
        )
        return at
