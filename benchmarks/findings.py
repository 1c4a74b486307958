"""What is left after the faults, read where it is kept: PostgreSQL, the folder of e-mails, the store."""

import email
import email.policy
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from benchmarks.filers import Claim
from benchmarks.prepared import OWNER
from storage.engine.database import Database
from storage.engine.settings import Settings
from storage.mail import message_id
from storage.objects.store import ObjectStore, object_store
from storage.register.verification import verify

Family = Literal["lost", "doubled", "stuck", "broken"]


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that must not be: how many were looked at, and those that are wrong."""

    family: Family
    what: str
    looked_at: int
    wrong: tuple[str, ...]


_STUCK = {
    "effets en attente ou abandonnés": """
        SELECT dossier || '/' || seq || '/' || kind || ' ' || status FROM effect
        WHERE status = 'pending' OR (status = 'failed' AND last_error_code IS DISTINCT FROM 'address_refused')
    """,
    "annonces non relayées": "SELECT kind || '/' || subject FROM outbox WHERE sent_at IS NULL",
    "dossiers que leur workflow n'a pas suivis": """
        SELECT d.id::text FROM dossier d LEFT JOIN carried c ON c.dossier = d.id
        WHERE d.purged_at IS NULL AND coalesce(c.seq, 0) < d.version
    """,
    "incidents ouverts": "SELECT dossier || ' ' || code FROM incident WHERE closed_at IS NULL"
    " AND code <> 'address_refused'",
}
_DOUBLED = {
    "dépôts journalisés plus d'une fois": """
        SELECT dossier::text FROM journal WHERE kind = 'filed' GROUP BY dossier HAVING count(*) > 1
    """,
    "lettres faites plus d'une fois": """
        SELECT dossier || '/' || seq || '/' || kind FROM letter GROUP BY dossier, seq, kind HAVING count(*) > 1
    """,
}
_LOST = {
    "adresses refusées que personne ne sait": """
        SELECT e.dossier || '/' || e.seq || '/' || e.kind FROM effect e
        LEFT JOIN incident i ON (i.dossier, i.seq, i.kind) = (e.dossier, e.seq, e.kind)
        WHERE e.status = 'failed' AND e.last_error_code = 'address_refused' AND i.about_sealed IS NULL
    """,
    "lettres faites et introuvables": """
        SELECT e.dossier || '/' || e.seq || '/' || e.kind FROM effect e
        LEFT JOIN letter l ON (l.dossier, l.seq, l.kind) = (e.dossier, e.seq, e.kind)
        WHERE e.kind LIKE 'letter:%' AND e.status = 'done' AND l.id IS NULL
    """,
}
_EMAILS = """
    SELECT dossier || '|' || seq || '|' || kind FROM effect
    WHERE kind LIKE 'email:%' AND status = 'done' AND last_error_code IS NULL
"""


async def stuck(connection: AsyncConnection) -> int:
    """How many things still wait: 0 once everything is drained."""
    counts = [f"SELECT count(*) FROM ({query}) AS waiting" for query in _STUCK.values()]  # noqa: S608 (our own)
    return sum([(await connection.execute(text(query))).scalar_one() for query in counts])


async def look(settings: Settings, claims: Sequence[Claim]) -> list[Finding]:
    """Everything that must hold once the faults are over."""
    owner, worker, store = (
        Database(settings, "owner", size=2),
        Database(settings, "worker", size=4),
        object_store(settings),
    )
    try:
        async with owner.transaction(OWNER) as connection:
            filed = {
                row.id: row.reference for row in await connection.execute(text("SELECT id, reference FROM dossier"))
            }
            found = [*of_claims(claims, filed), *await _by_queries(connection, len(filed))]
            found += await _of_letters(connection, store)
            found += [await _of_documents(connection, store, claims)]
            sent = list((await connection.execute(text(_EMAILS))).scalars())
        found += of_emails(settings, sent)
        return [*found, await _of_chains(worker, list(filed))]
    finally:
        store.close()
        await owner.close()
        await worker.close()


def of_claims(claims: Sequence[Claim], filed: dict[UUID, str]) -> list[Finding]:
    """Every acknowledged reference is there, once; an unknown outcome is there once or not; nothing else is."""
    held = [claim for claim in claims if claim.reference is not None]
    lost = [str(claim.reference) for claim in held if claim.id is None or filed.get(claim.id) != claim.reference]
    acknowledged = Counter(str(claim.reference) for claim in held)
    known = {claim.id for claim in claims}
    return [
        Finding("lost", "références acquittées introuvables", len(held), tuple(lost)),
        Finding("doubled", "références acquittées deux fois", len(held), _twice(acknowledged)),
        Finding("doubled", "dossiers que personne n'a déposés", len(filed), _texts(filed.keys() - known)),
    ]


def of_emails(settings: Settings, keys: Sequence[str]) -> list[Finding]:
    """Each e-mail done is in the folder, and no Message-ID is there twice."""
    folder, host = settings.mail_folder or Path(), settings.public_url.split("//")[-1].split(":")[0]
    ids = Counter(_message_id(file) for file in sorted(folder.glob("**/*.eml")))
    lost = tuple(key for key in keys if message_id(key, host) not in ids)
    return [
        Finding("lost", "courriels faits et introuvables", len(keys), lost),
        Finding("doubled", "courriels au même Message-ID", ids.total(), _twice(ids)),
    ]


async def _by_queries(connection: AsyncConnection, dossiers: int) -> list[Finding]:
    families: dict[Family, dict[str, str]] = {"lost": _LOST, "doubled": _DOUBLED, "stuck": _STUCK}
    found = []
    for family, queries in families.items():
        for what, query in queries.items():
            wrong = (await connection.execute(text(query))).scalars()
            found.append(Finding(family, what, dossiers, tuple(wrong)))
    return found


async def _of_letters(connection: AsyncConnection, store: ObjectStore) -> list[Finding]:
    """Letters' rows and their objects answer one another."""
    rows = (await connection.execute(text("SELECT object_key FROM letter"))).scalars()
    named = Counter(str(key) for key in rows)
    kept = {one.key for bucket in (store.bucket, store.locked) async for one in store.list(bucket, "letters/")}
    return [
        Finding("lost", "lettres sans leur objet", named.total(), _texts(named.keys() - kept)),
        Finding("doubled", "objets de lettre sans leur ligne", len(kept), _texts(kept - named.keys())),
    ]


async def _of_documents(connection: AsyncConnection, store: ObjectStore, claims: Sequence[Claim]) -> Finding:
    """Every document acknowledged is kept: in the vault, or still in quarantine while it waits to be moved there."""
    wanted = [document for claim in claims for document in claim.documents]
    rows = await connection.execute(text("SELECT id, status, vault, quarantine FROM document"))
    known = {row.id: row for row in rows}
    lost = []
    for document in wanted:
        row = known.get(document)
        places = [] if row is None else [row.vault, row.quarantine if row.status == "waiting" else None]
        kept = [place for place in places if place and await store.size(store.bucket, place) is not None]
        if row is None or row.status not in {"waiting", "clean", "not_scanned"} or not kept:
            lost.append(f"{document} {row.status if row is not None else 'sans ligne'}")
    return Finding("lost", "documents acquittés introuvables", len(wanted), tuple(lost))


async def _of_chains(worker: Database, dossiers: Sequence[UUID]) -> Finding:
    """Each chain verifies, and folds to the state that is stored."""
    verdicts = [await verify(worker, dossier) for dossier in dossiers]
    wrong = tuple(f"{verdict.reference} : {verdict.sentence}" for verdict in verdicts if not verdict.intact)
    return Finding("broken", "chaînes rompues", len(verdicts), wrong)


def _message_id(file: Path) -> str:
    return str(email.message_from_bytes(file.read_bytes(), policy=email.policy.default)["message-id"])


def _twice(counted: Counter[str]) -> tuple[str, ...]:
    return tuple(name for name, count in counted.items() if count > 1)


def _texts(things: Iterable[object]) -> tuple[str, ...]:
    return tuple(sorted(map(str, things)))
