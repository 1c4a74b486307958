"""What a purged dossier leaves in the store: its documents and its letters, objects then rows, until nothing is left.

Its key is destroyed already, so that nobody reads them; an object under lock goes once its lock has ended.
"""

from uuid import UUID

from sqlalchemy import delete, select, text

from storage.documents.vault import forget_documents
from storage.engine.database import WORKING, Database
from storage.objects.store import ObjectStore, StoreUnavailable
from storage.tables.effects import letter

_REMAIN = """
    SELECT d.id FROM dossier d WHERE d.purged_at IS NOT NULL
      AND (EXISTS (SELECT FROM document o WHERE o.dossier = d.id)
        OR EXISTS (SELECT FROM letter l WHERE l.dossier = d.id))
    LIMIT 200
"""


async def clear_remains(database: Database, store: ObjectStore, dossier: UUID) -> int:
    """Delete what is left of one purged dossier; how many letters are still locked. Raises StoreUnavailable."""
    await forget_documents(database, store, WORKING, dossier)
    async with database.transaction(WORKING) as connection:
        wanted = select(letter.c.id, letter.c.object_key, letter.c.locked).where(letter.c.dossier == dossier)
        rows = (await connection.execute(wanted)).all()
    kept = 0
    for row in rows:
        if row.locked and not await _unlocked(store, row.object_key):
            kept += 1
            continue
        if not row.locked:
            await store.delete(store.bucket, row.object_key)
        async with database.transaction(WORKING) as connection:
            await connection.execute(delete(letter).where(letter.c.id == row.id))
    return kept


async def _unlocked(store: ObjectStore, key: str) -> bool:
    """Delete an object of the locked bucket; False while its lock holds."""
    try:
        await store.delete(store.locked, key)
    except StoreUnavailable:
        # Refused by its lock, or a store that is away: either way it is for the next look.
        return False
    return True


async def clear_every_remain(database: Database, store: ObjectStore) -> int:
    """What purges left, of every dossier; how many were looked at. Raises StoreUnavailable."""
    async with database.transaction(WORKING) as connection:
        left = list((await connection.execute(text(_REMAIN))).scalars())
    for dossier in left:
        await clear_remains(database, store, dossier)
    return len(left)
