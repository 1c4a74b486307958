"""What is read of a draft to file it, in the same transaction: its row, its documents, what looks like it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from domain.calendar import Instant
from domain.plan import Plan
from storage.drafts import Draft, draft_of, lock_draft
from storage.held import NotFound
from storage.hot import Statement

_PIECES = (
    "SELECT piece, id FROM document WHERE dossier = %s AND status IN ('waiting', 'clean', 'not_scanned')"
    " ORDER BY created_at, id"
)
_FILED = "SELECT EXISTS (SELECT FROM dossier WHERE id = %s), (SELECT system FROM draft WHERE id = %s)"
_ALIKE = (
    "SELECT d.id, d.reference, d.filed_at FROM draft f JOIN dossier d ON d.procedure = f.procedure"
    " JOIN clock c ON c.dossier = d.id WHERE f.id = %s AND d.resident = f.resident AND NOT c.closed"
    " AND d.purged_at IS NULL ORDER BY d.filed_at DESC LIMIT 5"
)


class AlreadyFiled(Exception):
    """The draft was filed before: its dossier bears the same identifier."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Alike:
    """An open request of the same person for the same procedure."""

    id: UUID
    reference: str
    filed_at: Instant


@dataclass(frozen=True, slots=True, kw_only=True)
class Ready:
    """A draft about to be filed: `documents` by the piece they answer, as sent."""

    draft: Draft
    documents: Mapping[str, tuple[UUID, ...]]
    alike: tuple[Alike, ...]
    system: UUID | None = None

    def pieces(self, plan: Plan) -> dict[str, tuple[UUID, ...]]:
        """The documents of the pieces that the plan knows; the others stay with the dossier without being a piece."""
        return {key: ids for key, ids in self.documents.items() if plan.piece(key) is not None}


def reading_of(draft: UUID) -> tuple[Statement, ...]:
    """What to run, under a lock on the draft; `ready_of` reads the rows."""
    return (lock_draft(draft), (_PIECES, (draft,)), (_ALIKE, (draft,)), (_FILED, (draft, draft)))


def ready_of(rows: Sequence[Sequence[Any]]) -> Ready:
    """The draft in the rows of `reading_of`. Raises NotFound, AlreadyFiled."""
    found = draft_of(rows[0])
    filed, system = rows[3][0]
    if found is None:
        raise AlreadyFiled if filed else NotFound
    documents: dict[str, tuple[UUID, ...]] = {}
    for piece, document in rows[1]:
        documents[piece] = (*documents.get(piece, ()), document)
    alike = tuple(Alike(id=one, reference=reference, filed_at=filed) for one, reference, filed in rows[2])
    return Ready(draft=found, documents=documents, alike=alike, system=system)
