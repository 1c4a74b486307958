"""The journal: entries sealed under the dossier's key and chained by their hashes.

An entry's hash is SHA-256 of its envelope in canonical JSON, which holds the digest of its ciphertext and the
hash of the entry before: it can be verified by anyone, and still can once the key is destroyed.
"""

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC
from typing import Any, NamedTuple
from uuid import UUID

from pydantic_core import from_json, to_json

from domain.actors import Actor
from domain.calendar import Instant
from domain.event import Event
from domain.serial import EVENT
from storage.engine.keys import DossierKey
from storage.engine.pipeline import Statement
from storage.engine.questions import Question, every
from storage.engine.statements import insertion
from storage.tables.journal import journal as table

LAW = "law"
"""The kind of actor of what happened by itself."""
PURGED = "purged"
"""The kind of a purge's entry: it is no event, its ground stands in clear, and nothing follows it."""


class Row(NamedTuple):
    """A row of the journal."""

    dossier: UUID
    seq: int
    kind: str
    effective: Instant
    recorded_at: Instant
    actor_kind: str
    actor_id: UUID | None
    mandate: UUID | None
    command_id: UUID | None
    part: int
    command_digest: bytes | None
    note: str | None
    body: bytes | None
    digest: bytes
    prev_hash: bytes
    hash: bytes

    def computed_hash(self) -> bytes:
        """The hash that this row must have, from everything else it says."""
        envelope = {
            "dossier": str(self.dossier),
            "seq": self.seq,
            "kind": self.kind,
            "effective": _text(self.effective),
            "recorded_at": _text(self.recorded_at),
            "actor_kind": self.actor_kind,
            "actor_id": _optional(self.actor_id),
            "mandate": _optional(self.mandate),
            "command_id": _optional(self.command_id),
            "part": self.part,
            "command_digest": self.command_digest.hex() if self.command_digest else None,
            "note": self.note,
            "digest": self.digest.hex(),
            "prev_hash": self.prev_hash.hex(),
        }
        return hashlib.sha256(canonical(envelope)).digest()


COLUMNS = ", ".join(Row._fields)
UNTIL = f"SELECT {COLUMNS} FROM journal WHERE dossier = %s AND seq <= %s ORDER BY seq"  # noqa: S608 (names)


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """An entry as people read it: what happened, when it was written down, who did it (None: the law)."""

    seq: int
    event: Event
    recorded_at: Instant
    actor: Actor | None
    command_id: UUID | None = None


def canonical(envelope: dict[str, Any]) -> bytes:
    """Canonical JSON of text, integers and nulls: sorted keys, no space, UTF-8 (RFC 8785)."""
    return json.dumps(envelope, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def genesis(dossier: UUID, procedure: str, plan: bytes) -> bytes:
    """What the first entry follows: the chain belongs to this dossier and to the plan pinned for it."""
    return hashlib.sha256(canonical({"dossier": str(dossier), "procedure": procedure, "plan": plan.hex()})).digest()


def written(
    key: DossierKey, dossier: UUID, entries: Iterable[Entry], *, after: bytes, command_digest: bytes
) -> tuple[Row, ...]:
    """The rows of new entries, in order, chained on the hash `after`."""
    rows: list[Row] = []
    part = 0
    for entry in entries:
        rows.append(_row(key, dossier, entry, after, part, command_digest))
        after = rows[-1].hash
        part += entry.command_id is not None
    return tuple(rows)


def _row(key: DossierKey, dossier: UUID, entry: Entry, after: bytes, part: int, command_digest: bytes) -> Row:
    actor, event = entry.actor, entry.event
    content = {"event": EVENT.dump_python(event, mode="json"), "name": actor.name if actor else ""}
    body = key.seal(to_json(content), _context(dossier, entry.seq))
    row = Row(
        dossier=dossier,
        seq=entry.seq,
        kind=event.kind,
        effective=event.effective,
        recorded_at=entry.recorded_at,
        actor_kind=actor.kind if actor else LAW,
        actor_id=actor.id if actor else None,
        mandate=actor.mandate if actor else None,
        command_id=entry.command_id,
        part=part if entry.command_id else 0,
        command_digest=command_digest if entry.command_id else None,
        note=None,
        body=body,
        digest=hashlib.sha256(body).digest(),
        prev_hash=after,
        hash=b"",
    )
    return row._replace(hash=row.computed_hash())


def tombstone(dossier: UUID, seq: int, *, at: Instant, actor: Actor, ground: str, after: bytes) -> Row:
    """The entry of a purge: its ground in clear, no ciphertext."""
    row = Row(
        dossier, seq, PURGED, at, at, actor.kind, actor.id, actor.mandate, None, 0, None, ground, None,
        hashlib.sha256(b"").digest(), after, b"",
    )  # fmt: skip
    return row._replace(hash=row.computed_hash())


def opened(key: DossierKey, row: Row) -> Entry:
    """Read a row. Raises Unreadable when its ciphertext was altered or moved."""
    content = from_json(key.open(row.body or b"", _context(row.dossier, row.seq)))
    actor = None
    if row.actor_kind != LAW:
        actor = Actor(kind=row.actor_kind, id=row.actor_id, mandate=row.mandate, name=content["name"])  # type: ignore[arg-type]
    return Entry(
        seq=row.seq,
        event=EVENT.validate_python(content["event"]),
        recorded_at=row.recorded_at,
        actor=actor,
        command_id=row.command_id,
    )


def insertions(rows: Sequence[Row]) -> tuple[Statement, ...]:
    """The statements that append those rows."""
    return tuple(insertion(table, **row._asdict()) for row in rows)


def until(dossier: UUID, seq: int) -> Question[list[Row]]:
    """The rows of a dossier's journal up to entry `seq`."""
    return every(Row, UNTIL, dossier, seq)


def _context(dossier: UUID, seq: int) -> str:
    return f"journal|{dossier}|{seq}"


def _text(instant: Instant) -> str:
    return instant.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")


def _optional(value: UUID | None) -> str | None:
    return None if value is None else str(value)
