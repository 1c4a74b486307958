"""From the quarantine to the vault, from the vault to a reader, and out of both.

Readers are given names that begin with `vault/` only: there is no path from a reader to the quarantine.
"""

from collections.abc import AsyncIterator
from typing import Final
from uuid import UUID

from sqlalchemy import RowMapping, delete, select, update

from storage.documents.rows import (
    CLAIM,
    READABLE,
    REAL_NOW,
    Document,
    DocumentKept,
    DocumentMissing,
    DocumentNotReadable,
    Facts,
    change,
    lock_draft,
    stream_context,
)
from storage.engine.database import Context, Database
from storage.objects.moves import copy_once
from storage.objects.sealed_reading import opened
from storage.objects.store import ObjectStore
from storage.tables.documents import document

VAULT: Final = "vault/"


class NotTheVault(Exception):
    """A reader asked for an object that is not in the vault: a mistake of ours, never answered."""


async def promote(database: Database, store: ObjectStore, context: Context, document_id: UUID, verdict: str) -> bool:
    """Move a document that waits from the quarantine to the vault, as `clean` or `not_scanned`.

    Whoever calls holds the claim on the row. Done again after a crash, it finds the copy there and adopts it.
    False when the document was deleted meanwhile. Raises ObjectMissing, StoreUnavailable.
    """
    async with database.transaction(context) as connection:
        row = await change(connection, document_id, ("waiting",), claimed_until=REAL_NOW + CLAIM)
    if row is None:
        return False
    await _copied(database, store, row)
    async with database.transaction(context) as connection:
        kept = await change(
            connection, document_id, ("waiting",), status=verdict, claimed_until=None, checked_at=REAL_NOW
        )
    if kept is None:
        await store.delete(store.bucket, row["vault"])
        return False
    await clear_quarantine(database, store, context, kept)
    return True


async def _copied(database: Database, store: ObjectStore, row: RowMapping) -> None:
    """Copy once. An object already there is read back and adopted if it is this document, whole."""
    if await copy_once(store, store.bucket, row["quarantine"], row["vault"]):
        return
    key = await database.keys.of(row["dossier"])
    facts = Facts.open(key, row["id"], row["facts"])
    async for _ in contents(store, key.derive("documents"), Document.of(row, key), facts, checked=False):
        continue


async def clear_quarantine(database: Database, store: ObjectStore, context: Context, row: RowMapping) -> None:
    """Delete what the quarantine still holds of a document that is settled, then forget its name."""
    if row["quarantine"] is None:
        return
    await store.delete(store.bucket, row["quarantine"])
    async with database.transaction(context) as connection:
        await change(connection, row["id"], (row["status"],), quarantine=None)


def readable(found: Document) -> Facts:
    """The facts of a document that may be opened. Raises DocumentNotReadable: being scanned, infected, lost."""
    if found.status not in READABLE or found.facts is None:
        raise DocumentNotReadable(found.status)
    return found.facts


async def contents(
    store: ObjectStore, key: bytes, found: Document, facts: Facts, *, checked: bool = True
) -> AsyncIterator[bytes]:
    """The content of a document of the vault, decrypted as it comes.

    Raises DocumentNotReadable, BrokenStream (altered or cut), ObjectMissing, StoreUnavailable.
    """
    if checked:
        readable(found)
    if found.vault is None or not found.vault.startswith(VAULT):
        raise NotTheVault(found.id)
    async for piece in opened(store, found.vault, facts.size, key, stream_context(found.dossier, found.id)):
        yield piece


async def delete_draft_document(
    database: Database, store: ObjectStore, context: Context, dossier: UUID, document_id: UUID
) -> None:
    """Delete a document of a draft, for good. Raises DocumentMissing; DocumentKept once the draft is filed."""
    async with database.transaction(context) as connection:
        is_draft = await lock_draft(connection, dossier)
        wanted = select(document.c.status).where(document.c.id == document_id, document.c.dossier == dossier)
        status = (await connection.execute(wanted.with_for_update())).scalar()
        if status is None or status in ("receiving", "refused", "deleted"):
            raise DocumentMissing(document_id)
        if not is_draft:
            raise DocumentKept(document_id)
        row = await change(connection, document_id, (status,), status="deleted", facts=None, idempotency_key=None)
    if row is not None and row["claimed_until"] is None:
        await clear(database, store, context, row)


async def clear(database: Database, store: ObjectStore, context: Context, row: RowMapping) -> None:
    """Delete every object of a row that does not count any more, then forget their names."""
    for column in ("quarantine", "vault"):
        if row[column] is not None:
            await store.delete(store.bucket, row[column])
    async with database.transaction(context) as connection:
        await change(connection, row["id"], (row["status"],), quarantine=None, vault=None)


async def forget_documents(database: Database, store: ObjectStore, context: Context, dossier: UUID) -> int:
    """Delete every document of a dossier, objects then rows: part of its purge. How many there were.

    Idempotent: a crash in the middle leaves rows, from which it is done again. The worker's role is needed.
    """
    async with database.transaction(context) as connection:
        void = update(document).where(document.c.dossier == dossier).values(status="deleted", facts=None)
        rows = (await connection.execute(void.returning(document))).mappings().all()
    for row in rows:
        await clear(database, store, context, row)
    async for left in store.list(store.bucket, f"{VAULT}{dossier}/"):
        await store.delete(store.bucket, left.key)
    async with database.transaction(context) as connection:
        await connection.execute(delete(document).where(document.c.dossier == dossier))
    return len(rows)
