"""What is left after the faults, read where it is kept: PostgreSQL, the mail server, the store."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal
from urllib.parse import urlsplit
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from benchmarks.deliveries import Delivery, Outage, again
from benchmarks.filers import Claim
from benchmarks.prepared import OWNER
from storage.documents.letters import object_name
from storage.engine.database import Database
from storage.engine.settings import Settings
from storage.mail import message_id
from storage.objects.store import ObjectStore, object_store
from storage.register.verification import verify

Family = Literal["lost", "doubled", "stuck", "broken"]


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that must not be: how many were looked at, those that are wrong, those that a fault explains."""

    family: Family
    what: str
    looked_at: int
    wrong: tuple[str, ...]
    explained: tuple[str, ...] = ()


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
_LETTER_EFFECTS = "SELECT dossier, seq, kind, status FROM effect WHERE kind LIKE 'letter:%'"
_LETTER_OBJECTS = "SELECT object_key FROM letter"
_SENT = """
    SELECT key, max(at) AS at FROM (
        SELECT dossier || '|' || seq || '|' || kind AS key, NULL::timestamptz AS at FROM effect
        WHERE kind LIKE 'email:%' AND status = 'done' AND last_error_code IS NULL
        UNION ALL
        SELECT concat_ws('|', m.dossier, m.seq, m.kind, nullif(m.account, d.resident)), m.at
        FROM mailing m JOIN dossier d ON d.id = m.dossier WHERE m.status = 'accepted'
    ) AS sent GROUP BY key
"""
"""The keys of the e-mails that are said to be sent, and when that was marked."""


async def stuck(connection: AsyncConnection) -> int:
    """How many things still wait: 0 once everything is drained."""
    counts = [f"SELECT count(*) FROM ({query}) AS waiting" for query in _STUCK.values()]  # noqa: S608 (our own)
    return sum([(await connection.execute(text(query))).scalar_one() for query in counts])


async def look(
    settings: Settings, claims: Sequence[Claim], deliveries: Sequence[Delivery], outages: Sequence[Outage]
) -> list[Finding]:
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
            sent = {row.key: row.at for row in await connection.execute(text(_SENT))}
        host = urlsplit(settings.public_url).hostname or ""
        found += of_emails({message_id(key, host): at for key, at in sent.items()}, deliveries, outages)
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


def of_emails(
    sent: Mapping[str, datetime | None], deliveries: Sequence[Delivery], outages: Sequence[Outage]
) -> list[Finding]:
    """Each Message-ID that is said to be sent was taken, and once more only where at-least-once explains it (`again`).

    `sent` says when each was marked, None when its effect alone says so.
    """
    taken = {delivery.message_id for delivery in deliveries}
    marked = {name: at for name, at in sent.items() if at is not None}
    more: dict[bool, list[str]] = {True: [], False: []}
    for delivery, explained in again(deliveries, marked, outages):
        more[explained].append(delivery.message_id)
    wrong, explained_ones = tuple(more[False]), tuple(more[True])
    return [
        Finding("lost", "courriels faits et introuvables", len(sent), _texts(sent.keys() - taken)),
        Finding("doubled", "courriels remis de nouveau sans raison", len(deliveries), wrong, explained_ones),
    ]


def of_letter_objects(kept: set[str], named: set[str], effects: Mapping[str, str]) -> list[Finding]:
    """Objects without their row. `effects` says how each one's effect stands, read before `named`.

    An object is written before its row: while the effect is pending the letter is on its way. What was overtaken, or
    given up with its incident, leaves an object that the next attempt would have adopted. Done, or asked by nobody, it
    is one too many.
    """
    stray: dict[str | None, list[str]] = {}
    for name in sorted(kept - named):
        stray.setdefault(effects.get(name), []).append(name)
    ended = [*stray.get("superseded", []), *stray.get("failed", [])]
    wrong = [*stray.get("done", []), *stray.get(None, [])]
    return [
        Finding("stuck", "objets de lettre dont l'effet attend", len(kept), tuple(stray.get("pending", []))),
        Finding("doubled", "objets de lettre sans leur ligne", len(kept), tuple(wrong), tuple(ended)),
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
    """Letters' rows and their objects answer one another; rows are read before and after, for what is on its way."""
    before = set((await connection.execute(text(_LETTER_OBJECTS))).scalars())
    kept = {one.key for bucket in (store.bucket, store.locked) async for one in store.list(bucket, "letters/")}
    rows = await connection.execute(text(_LETTER_EFFECTS))
    effects = {object_name(row.dossier, row.seq, row.kind): row.status for row in rows}
    named = set((await connection.execute(text(_LETTER_OBJECTS))).scalars())
    missing = Finding("lost", "lettres sans leur objet", len(before), _texts(before - kept))
    return [missing, *of_letter_objects(kept, named, effects)]


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


def _twice(counted: Counter[str]) -> tuple[str, ...]:
    return tuple(name for name, count in counted.items() if count > 1)


def _texts(things: Iterable[object]) -> tuple[str, ...]:
    return tuple(sorted(map(str, things)))
