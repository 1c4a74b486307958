"""The scan of a document that waits in quarantine, and what follows from its verdict."""

from uuid import UUID

from sqlalchemy import RowMapping

from storage.documents.antivirus import Antivirus, Verdict
from storage.documents.checks.refusals import Reason
from storage.documents.rows import CLAIM, REAL_NOW, Facts, change, stream_context
from storage.documents.vault import clear, promote
from storage.engine.database import Context, Database
from storage.objects.sealed_reading import opened
from storage.objects.store import ObjectStore
from storage.tables.documents import document


async def scan_document(
    database: Database, store: ObjectStore, context: Context, antivirus: Antivirus | None, document_id: UUID
) -> str:
    """Scan one document and move it on; its status afterwards, or "moved" when somebody else has it in hand.

    Without antivirus it becomes `not_scanned`, which every reader is shown; one kept so is scanned once there is an
    antivirus, and stays readable meanwhile. Idempotent. Raises ScannerUnavailable,
    BrokenStream, ObjectMissing, StoreUnavailable: the document then stays in quarantine, and it is tried again.
    """
    async with database.transaction(context) as connection:
        row = await change(
            connection,
            document_id,
            ("waiting",) if antivirus is None else ("waiting", Verdict.NOT_SCANNED),
            unclaimed=True,
            claimed_until=REAL_NOW + CLAIM,
            attempts=document.c.attempts + 1,
        )
    if row is None:
        return "moved"
    try:
        verdict = await _verdict(database, store, antivirus, row)
        if verdict is Verdict.INFECTED:
            return await _condemn(database, store, context, row)
        if row["status"] == Verdict.NOT_SCANNED:
            return await _judged(database, context, row, verdict)
        return str(verdict) if await promote(database, store, context, document_id, verdict) else "moved"
    except BaseException:
        await _release(database, context, row)
        raise


async def _judged(database: Database, context: Context, row: RowMapping, verdict: Verdict) -> str:
    """What was already in the vault: its status alone changes, or when it was last tried."""
    tried = {"status": verdict} if verdict is Verdict.CLEAN else {"scan_tried_at": REAL_NOW}
    async with database.transaction(context) as connection:
        judged = await change(connection, row["id"], (row["status"],), claimed_until=None, **tried)
    return "moved" if judged is None else str(verdict)


async def _verdict(database: Database, store: ObjectStore, antivirus: Antivirus | None, row: RowMapping) -> Verdict:
    if antivirus is None:
        return Verdict.NOT_SCANNED
    key = await database.keys.of(row["dossier"])
    facts = Facts.open(key, row["id"], row["facts"])
    context = stream_context(row["dossier"], row["id"])
    kept = row["quarantine"] if row["status"] == "waiting" else row["vault"]
    return await antivirus.scan(opened(store, kept, facts.size, key.derive("documents"), context))


async def _condemn(database: Database, store: ObjectStore, context: Context, row: RowMapping) -> str:
    """Say that it carries a virus, then delete it: nobody will ever open it."""
    void = {"status": "infected", "reason": Reason.VIRUS, "claimed_until": None}
    async with database.transaction(context) as connection:
        condemned = await change(connection, row["id"], (row["status"],), unclaimed=False, **void)
    if condemned is None:
        return "moved"
    await clear(database, store, context, condemned)
    return "infected"


async def _release(database: Database, context: Context, row: RowMapping) -> None:
    """Let the next attempt come at once. Were the database away, the claim lapses by itself."""
    async with database.transaction(context) as connection:
        await change(connection, row["id"], (row["status"],), claimed_until=None)
