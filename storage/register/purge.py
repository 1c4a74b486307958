"""Purge: destroy a dossier's key, and with it everything sealed under it, in every copy and every backup.

The journal stays, with one entry more that says when and on which ground; what stood in clear for lists is deleted,
and so is what the store holds. Only what is closed and has been kept its time may go, unless its reference is said.
"""

from uuid import UUID

from sqlalchemy import text

from domain.actors import Actor
from domain.calendar import Instant, civil
from domain.days_in_words import day_in_words
from domain.kernel import settle
from storage.engine.database import WORKING, Database
from storage.engine.keys import KeyDestroyed, KeyUnknown
from storage.engine.legal_time import legal_now
from storage.engine.pipeline import Statement
from storage.engine.statements import change
from storage.register import journal, webhook_deliveries, writing
from storage.register.fold import Story, UnknownDossier, story
from storage.register.lock import WRITING_NOW, NotFound, lock
from storage.tables.dossiers import clock
from storage.tables.dossiers import dossier as dossier_table

_EFFECTS = "UPDATE effect SET status = 'superseded' WHERE dossier = %s AND status = 'pending'"
_KEPT = "SELECT procedure, version FROM dossier WHERE id = :dossier"
_DELETIONS = (
    "DELETE FROM queue_row WHERE dossier = %s",
    "DELETE FROM search_token WHERE dossier = %s",
    "DELETE FROM idempotency WHERE dossier = %s",
    "DELETE FROM incident WHERE dossier = %s",
)


class NoGround(ValueError):
    """A purge must say on which ground it is made."""


class NotYet(ValueError):
    """A dossier that is open, or not kept long enough, is purged only by whoever says its reference."""


async def purge(database: Database, dossier: UUID, *, ground: str, actor: Actor, forced: str = "") -> Instant:
    """Destroy the content of a dossier, for ever; give the instant of its purge (UTC).

    Written down first, destroyed next: interrupted between the two, doing it again ends it. The first ground stays.
    `forced` is the dossier's own reference, said again by who purges it before its time.
    Raises NotFound, NoGround, NotYet.
    """
    if not ground.strip():
        raise NoGround("La purge doit dire à quel titre elle est faite (texte, durée de conservation, décision).")
    await _refuse_too_early(database, dossier, forced)
    at = await _write_down(database, dossier, ground.strip(), actor)
    await database.keys.destroy(dossier)
    await _tell_systems(database, dossier)
    database.nudge()
    return at


async def _refuse_too_early(database: Database, dossier: UUID, forced: str) -> None:
    """Raises NotYet, NotFound. A purge begun is ended, whatever was asked."""
    async with database.transaction(WORKING) as connection:
        try:
            told = await story(connection, database.keys, dossier)
        except UnknownDossier as error:
            raise NotFound(str(dossier)) from error
        except KeyDestroyed:
            return
        except KeyUnknown as error:
            raise NotYet("La clé de ce dossier manque : il ne peut pas être relu, ni purgé sans erreur.") from error
        why = too_early(told, await legal_now(connection))
    if not why or forced == told.reference:
        return
    unsaid = "Pour le purger quand même, dites sa référence : --force <référence>."
    raise NotYet(f"{why} " + (f"« {forced} » n'est pas sa référence." if forced else unsaid))


def too_early(told: Story, at: Instant) -> str:
    """Why a dossier may not be purged yet, in French; empty when it may.

    Kept from its last entry: what is closed and moves again is kept from there.
    """
    dossier = told.now()
    if dossier.filed is None or not dossier.closed:
        return "Le dossier est ouvert : quelqu'un attend encore quelque chose."
    if settle(dossier, at):
        return "La loi vient de faire avancer ce dossier : il ne peut pas être purgé."
    keep = dossier.plan.retention.keep
    if keep is None:
        return "La durée de conservation de cette démarche n'est pas fixée."
    last = keep.last_day(civil(max(entry.event.effective for entry in told.entries)))
    return f"Le dossier se conserve jusqu'au {day_in_words(last)}." if civil(at) <= last else ""


async def _tell_systems(database: Database, dossier: UUID) -> None:
    """Those that were told of its moves are told of this one, once: `dossier.purged`."""
    async with database.transaction(WORKING) as connection:
        kept = (await connection.execute(text(_KEPT), {"dossier": dossier})).one()
        await webhook_deliveries.prepare(connection, dossier, kept.procedure, kept.version)


async def finish_purges(database: Database) -> int:
    """Destroy the keys that a journalled purge should have destroyed, after a restore of the keys' database too."""
    query = "SELECT id FROM dossier WHERE purged_at IS NOT NULL"
    async with database.transaction(WORKING) as connection:
        purged = list((await connection.execute(text(query))).scalars())
    return await database.keys.destroy_all(purged)


async def _write_down(database: Database, dossier: UUID, ground: str, actor: Actor) -> Instant:
    async with database.trips(WORKING, lock(dossier), WRITING_NOW) as (trips, answers):
        header = answers[lock(dossier)]
        if header is None:
            raise NotFound(str(dossier))
        if header.purged_at is not None:
            return header.purged_at
        at = max(answers[WRITING_NOW], header.recorded_at)
        seq = header.version + 1
        entry = journal.tombstone(dossier, seq, at=at, actor=actor, ground=ground, after=header.head)
        deletions: tuple[Statement, ...] = tuple((deletion, (dossier,)) for deletion in _DELETIONS)
        await trips.commit(
            *journal.insertions([entry]),
            change(
                dossier_table,
                {"id": dossier},
                state=None,
                version=seq,
                head=entry.hash,
                recorded_at=at,
                purged_at=at,
                purged_ground=ground,
            ),
            change(clock, {"dossier": dossier}, closed=True, due_at=None, due_kind=None, due_article=None),
            (_EFFECTS, (dossier,)),
            *deletions,
            # Its workflow, if one still waits, looks, finds nothing to read, and ends.
            writing.outbox(dossier, header.procedure, seq),
        )
        return at
