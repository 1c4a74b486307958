"""What a crash left between PostgreSQL and the object store, put right from what both say.

Idempotent and safe beside anything else at work: it touches no row that somebody has claimed, and no object
younger than an upload can last.
"""

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any, Final
from uuid import UUID

import structlog
from sqlalchemy import ColumnElement, RowMapping, exists, select, update

from storage.documents.checks.refusals import Reason
from storage.documents.rows import READABLE, REAL_NOW, SHOWN, change, give_up
from storage.documents.vault import VAULT, clear, clear_quarantine
from storage.engine.database import Context, Database
from storage.engine.keys import KeyDestroyed, KeyUnknown
from storage.objects.moves import abort, unfinished
from storage.objects.store import ObjectStore
from storage.tables.documents import document
from storage.tables.dossiers import dossier
from storage.tables.drafts import draft

QUARANTINE: Final = "quarantine/"
OLD: Final = timedelta(hours=2)
CHECKED_EVERY: Final = timedelta(days=1)
SCANNED_EVERY: Final = timedelta(days=7)
AT_ONCE: Final = 200
_VOID: Final = ("refused", "infected", "deleted")
_FREE: Final = (document.c.claimed_until.is_(None)) | (document.c.claimed_until < REAL_NOW)
log = structlog.get_logger(__name__)


@dataclass(slots=True)
class Reconciled:
    """What one pass found and did. `to_scan` are left to the scanner; `orphans` to a person."""

    given_up: int = 0
    homeless: int = 0
    cleared: int = 0
    strays: int = 0
    lost: int = 0
    to_scan: list[UUID] = field(default_factory=list)
    orphans: list[str] = field(default_factory=list)


async def reconcile_documents(database: Database, store: ObjectStore, context: Context) -> Reconciled:
    """One pass, each minute, with the worker's role: uploads gone silent, objects that do not count, rows alone."""
    done = Reconciled()
    await _give_up_silent(database, context, done)
    done.homeless = await _void_homeless(database, context)
    await _clear_void(database, store, context, done)
    await _clear_promoted(database, store, context, done)
    await _find_lost(database, store, context, done)
    done.to_scan = [row["id"] for row in await _rows(database, context, document.c.status == "waiting", _FREE)]
    if done.lost:
        log.error("documents without their object", count=done.lost)
    return done


async def never_scanned(database: Database, context: Context) -> list[UUID]:
    """Documents kept while there was no antivirus, or that it could not judge a week ago: to be scanned again."""
    due = document.c.scan_tried_at.is_(None) | (document.c.scan_tried_at < REAL_NOW - SCANNED_EVERY)
    return [row["id"] for row in await _rows(database, context, document.c.status == "not_scanned", due, _FREE)]


async def _rows(database: Database, context: Context, *such: ColumnElement[bool]) -> Sequence[RowMapping]:
    async with database.transaction(context) as connection:
        wanted = select(document).where(*such).order_by(document.c.created_at).limit(AT_ONCE)
        return (await connection.execute(wanted)).mappings().all()


async def _give_up_silent(database: Database, context: Context, done: Reconciled) -> None:
    """Uploads whose process was killed, or whose sender went away without a word."""
    for row in await _rows(database, context, document.c.status == "receiving", _FREE):
        async with database.transaction(context) as connection:
            done.given_up += await give_up(connection, row["id"], Reason.TRUNCATED, unclaimed=True)


async def _void_homeless(database: Database, context: Context) -> int:
    """Documents whose draft was given up: deleted.

    Filing removes the draft and makes the dossier in one transaction, so a document being filed is never homeless.
    """
    homeless = (
        update(document)
        .where(
            document.c.status.in_(SHOWN),
            ~exists().where(draft.c.id == document.c.dossier),
            ~exists().where(dossier.c.id == document.c.dossier),
        )
        .values(status="deleted", facts=None, idempotency_key=None, settled_at=REAL_NOW)
    )
    async with database.transaction(context) as connection:
        return (await connection.execute(homeless)).rowcount


async def _clear_void(database: Database, store: ObjectStore, context: Context, done: Reconciled) -> None:
    """Objects of rows that do not count any more."""
    has_object = document.c.quarantine.is_not(None) | document.c.vault.is_not(None)
    for row in await _rows(database, context, document.c.status.in_(_VOID), has_object, _FREE):
        await clear(database, store, context, row)
        done.cleared += 1


async def _clear_promoted(database: Database, store: ObjectStore, context: Context, done: Reconciled) -> None:
    """Copies left in the quarantine after the vault had them."""
    left = document.c.quarantine.is_not(None)
    for row in await _rows(database, context, document.c.status.in_(READABLE), left, _FREE):
        await clear_quarantine(database, store, context, row)
        done.cleared += 1


async def _find_lost(database: Database, store: ObjectStore, context: Context, done: Reconciled) -> None:
    """Rows whose object is gone: said `lost`, so that the person is asked for it again rather than shown an error."""
    due = (document.c.checked_at.is_(None)) | (document.c.checked_at < REAL_NOW - CHECKED_EVERY)
    for row in await _rows(database, context, document.c.status.in_(READABLE), due):
        there = await store.size(store.bucket, row["vault"]) is not None
        await _set(database, context, row, **({} if there else {"status": "lost"}), checked_at=REAL_NOW)
        done.lost += not there
    for row in await _rows(database, context, document.c.status == "waiting", _FREE):
        if await store.size(store.bucket, row["quarantine"]) is None:
            await _set(database, context, row, status="lost", quarantine=None)
            done.lost += 1


async def _set(database: Database, context: Context, row: RowMapping, **values: Any) -> None:
    async with database.transaction(context) as connection:
        await change(connection, row["id"], (row["status"],), **values)


async def sweep_objects(
    database: Database, store: ObjectStore, context: Context, *, old: timedelta = OLD
) -> Reconciled:
    """Objects without a row, each hour. In quarantine, and of purged dossiers, they are deleted.

    Others in the vault are only reported: a database restored from before may lack their rows. `old` is the age
    from which an object without a row cannot belong to an upload under way.
    """
    done, before = Reconciled(), datetime.now(UTC) - old
    async for left in unfinished(store, store.bucket):
        if left.started < before:
            await abort(store, store.bucket, left.key, left.upload)
            done.strays += 1
    async for stray in _without_row(database, store, context, QUARANTINE, before):
        await store.delete(store.bucket, stray)
        done.strays += 1
    async for stray in _without_row(database, store, context, VAULT, before):
        if await _purged(database, stray):
            await store.delete(store.bucket, stray)
            done.strays += 1
        else:
            done.orphans.append(stray)
    if done.orphans:
        log.error("objects of the vault without a row", count=len(done.orphans))
    return done


async def _without_row(
    database: Database, store: ObjectStore, context: Context, prefix: str, before: datetime
) -> AsyncIterator[str]:
    """The keys under `prefix`, written before then, that no row names; asked of the database in batches."""
    batch: list[str] = []
    async for found in store.list(store.bucket, prefix):
        if found.modified < before:
            batch.append(found.key)
        if len(batch) >= AT_ONCE:
            for key in await _unknown(database, context, batch):
                yield key
            batch.clear()
    for key in await _unknown(database, context, batch):
        yield key


async def _unknown(database: Database, context: Context, keys: Sequence[str]) -> list[str]:
    named = select(document.c.quarantine, document.c.vault).where(
        document.c.quarantine.in_(keys) | document.c.vault.in_(keys)
    )
    async with database.transaction(context) as connection:
        known = {key for row in await connection.execute(named) for key in row}
    return [key for key in keys if key not in known]


async def _purged(database: Database, vault_key: str) -> bool:
    """Whether the key of the dossier that a vault's key names is destroyed: nothing can read the object any more."""
    try:
        await database.keys.of(UUID(vault_key.split("/")[1]))
    except KeyDestroyed:
        return True
    except (KeyUnknown, ValueError):
        return False
    return False
