"""The documents of a dossier: what their rows say, in the words of those who read them.

A row is written before its object and outlives it. Its statuses: `receiving` → `waiting` (whole, in quarantine, to be
scanned) → `clean` or `not_scanned` (in the vault, readable); or `refused`, `infected`, `deleted`, `lost`.
"""

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID

from sqlalchemy import RowMapping, func, null, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.engine.keys import DossierKey
from storage.tables.documents import document
from storage.tables.dossiers import dossier as dossier_table
from storage.tables.dossiers import pinned_plan
from storage.tables.drafts import draft

FREE: Final = "free"
MOST: Final = 200
"""Documents of one dossier: what no request needs, and a disk still holds."""
READABLE: Final = ("clean", "not_scanned")
SHOWN: Final = ("waiting", *READABLE, "infected", "lost")
CLAIM: Final = timedelta(minutes=2)
REAL_NOW: Final = func.clock_timestamp()


class DocumentMissing(LookupError):
    """No such document here, or none that this person may see: the two are answered alike."""


class DocumentNotReadable(Exception):
    """The document is known and cannot be opened now; `status` says why."""

    def __init__(self, status: str) -> None:
        self.status = status
        super().__init__(status)


class DocumentKept(Exception):
    """The document belongs to a filed dossier: it is part of it and is not deleted."""


class TooManyDocuments(Exception):
    """The dossier holds as many documents as one may."""


@dataclass(frozen=True, slots=True)
class Facts:
    """What is personal in a document, beside its content. `size` in bytes, `sha256` in hexadecimal."""

    name: str
    media_type: str
    size: int
    sha256: str
    flags: tuple[str, ...] = ()

    def seal(self, key: DossierKey, document_id: UUID) -> bytes:
        """As it is stored, for this document's row."""
        return key.seal(json.dumps(asdict(self), ensure_ascii=False).encode(), facts_context(document_id))

    @classmethod
    def open(cls, key: DossierKey, document_id: UUID, sealed: bytes) -> "Facts":
        """Raises Unreadable when the row was altered."""
        said: dict[str, Any] = json.loads(key.open(sealed, facts_context(document_id)))
        return cls(**{**said, "flags": tuple(said["flags"])})


@dataclass(frozen=True, slots=True)
class Document:
    """A document as its readers see it; `reason` is a code, given with `refused` and `infected`."""

    id: UUID
    dossier: UUID
    piece: str
    status: str
    reason: str | None
    created_at: datetime
    facts: Facts | None
    vault: str | None

    @classmethod
    def of(cls, row: RowMapping | Mapping[str, Any], key: DossierKey) -> "Document":
        """Read a row."""
        facts = Facts.open(key, row["id"], row["facts"]) if row["facts"] is not None else None
        shown = {name: row[name] for name in ("id", "dossier", "piece", "status", "reason", "created_at", "vault")}
        return cls(facts=facts, **shown)


def facts_context(document_id: UUID) -> str:
    """Where the sealed facts of a document belong."""
    return f"document|{document_id}|facts"


def stream_context(dossier: UUID, document_id: UUID) -> str:
    """Where the sealed content of a document belongs: no other dossier's, no other document's."""
    return f"document|{dossier}|{document_id}"


def vault_key(key: DossierKey, dossier: UUID, document_id: UUID, sha256: str) -> str:
    """`vault/<dossier>/<hmac>`: the HMAC, under the dossier's key, of which document it is and what it holds.

    Without the key nobody can tell whether a known file is there; attempts to store one document meet on one key.
    """
    name = key.fingerprint(document_id.bytes + bytes.fromhex(sha256), "document").hex()
    return f"vault/{dossier}/{name}"


def quarantine_key(document_id: UUID, random: bytes) -> str:
    """`quarantine/<random>`: says nothing of whose it is."""
    return f"quarantine/{document_id.hex[-4:]}{random.hex()}"


@dataclass(frozen=True, slots=True)
class Place:
    """The draft or dossier where documents go: its procedure, and the plan it follows (None for a draft)."""

    procedure: str
    plan: str | None

    @property
    def is_draft(self) -> bool:
        """Whether it is not filed yet."""
        return self.plan is None


async def place_of(connection: AsyncConnection, dossier: UUID) -> Place:
    """The draft or dossier of this id, if this context may see it. Raises DocumentMissing."""
    filed = (
        select(dossier_table.c.procedure, pinned_plan.c.body)
        .join(pinned_plan, pinned_plan.c.sha256 == func.coalesce(dossier_table.c.migrated_to, dossier_table.c.plan))
        .where(dossier_table.c.id == dossier)
    )
    drafted = select(draft.c.procedure, null()).where(draft.c.id == dossier)
    for wanted in (filed, drafted):
        if (row := (await connection.execute(wanted)).first()) is not None:
            return Place(procedure=row[0], plan=row[1])
    raise DocumentMissing(dossier)


async def lock_draft(connection: AsyncConnection, dossier: UUID) -> bool:
    """Whether it is still a draft, which then cannot be filed before this transaction ends. Raises DocumentMissing."""
    locked = (await connection.execute(select(draft.c.id).where(draft.c.id == dossier).with_for_update())).first()
    return (await place_of(connection, dossier)).is_draft and locked is not None


async def list_of(connection: AsyncConnection, key: DossierKey, dossier: UUID) -> list[Document]:
    """The documents of a dossier, oldest first: those being received, refused or deleted are not shown."""
    wanted = (
        select(document)
        .where(document.c.dossier == dossier, document.c.status.in_(SHOWN))
        .order_by(document.c.created_at, document.c.id)
    )
    return [Document.of(row, key) for row in (await connection.execute(wanted)).mappings()]


async def one_of(connection: AsyncConnection, key: DossierKey, dossier: UUID, document_id: UUID) -> Document:
    """One document of a dossier. Raises DocumentMissing."""
    wanted = select(document).where(
        document.c.dossier == dossier, document.c.id == document_id, document.c.status.in_(SHOWN)
    )
    row = (await connection.execute(wanted)).mappings().first()
    if row is None:
        raise DocumentMissing(document_id)
    return Document.of(row, key)


async def pieces_given(connection: AsyncConnection, dossier: UUID) -> dict[str, tuple[UUID, ...]]:
    """For each piece, the documents that answer it: received whole, and neither infected nor lost."""
    wanted = (
        select(document.c.piece, document.c.id)
        .where(document.c.dossier == dossier, document.c.status.in_(("waiting", *READABLE)))
        .order_by(document.c.created_at, document.c.id)
    )
    given: dict[str, tuple[UUID, ...]] = {}
    for piece, document_id in await connection.execute(wanted):
        given[piece] = (*given.get(piece, ()), document_id)
    return given


async def refuse_if_full(connection: AsyncConnection, dossier: UUID) -> None:
    """Raise TooManyDocuments when the draft or dossier holds, or is receiving, as many as one may."""
    held = select(func.count()).where(
        document.c.dossier == dossier, document.c.status.in_(("receiving", "waiting", *READABLE))
    )
    if (await connection.execute(held)).scalar_one() >= MOST:
        raise TooManyDocuments(dossier)


async def refuse_unless_here(connection: AsyncConnection, dossier: UUID, documents: Collection[UUID]) -> None:
    """Raise DocumentMissing for a document that is not this dossier's, or that was not received whole."""
    wanted = select(document.c.id).where(
        document.c.dossier == dossier,
        document.c.id.in_(documents),
        document.c.status.in_(("waiting", *READABLE)),
    )
    here = set((await connection.execute(wanted)).scalars())
    for absent in (one for one in documents if one not in here):
        raise DocumentMissing(absent)


async def change(
    connection: AsyncConnection, document_id: UUID, present: Sequence[str], *, unclaimed: bool = False, **values: Any
) -> RowMapping | None:
    """Change a row whose status is one of `present`; the row as it became, or None when it had moved meanwhile.

    `unclaimed` asks besides that nobody else be at work on it.
    """
    statement = update(document).where(document.c.id == document_id, document.c.status.in_(present))
    if unclaimed:
        statement = statement.where((document.c.claimed_until.is_(None)) | (document.c.claimed_until < REAL_NOW))
    if "status" in values:
        values.setdefault("settled_at", REAL_NOW)
    changed = await connection.execute(statement.values(**values).returning(document))
    row: RowMapping | None = changed.mappings().first()
    return row


async def give_up(connection: AsyncConnection, document_id: UUID, reason: str, *, unclaimed: bool = False) -> bool:
    """Say that an upload does not count and why; its Idempotency-Key is free again. False when it had moved."""
    row = await change(
        connection,
        document_id,
        ("receiving",),
        unclaimed=unclaimed,
        status="refused",
        reason=reason,
        idempotency_key=None,
        claimed_until=None,
    )
    return row is not None
