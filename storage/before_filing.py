"""What is read of a draft before it is filed, in one round trip: its row, its documents, what looks like it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from domain.calendar import Instant
from domain.plan import Plan
from storage.database import Context, Database
from storage.drafts import Draft, draft_of, lock_draft
from storage.held import NotFound
from storage.idempotency import Once

_PIECES = (
    "SELECT piece, id FROM document WHERE dossier = %s AND status IN ('waiting', 'clean', 'not_scanned')"
    " ORDER BY created_at, id"
)
_FILED = "SELECT count(*) FROM dossier WHERE id = %s"
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

    def pieces(self, plan: Plan) -> dict[str, tuple[UUID, ...]]:
        """The documents of the pieces that the plan knows; the others stay with the dossier without being a piece."""
        return {key: ids for key, ids in self.documents.items() if plan.piece(key) is not None}


async def ready(database: Database, context: Context, draft: UUID, once: Once | None = None) -> Ready:
    """Read it. Raises NotFound, AlreadyFiled, and what `once` raises when the request was answered before."""
    answered = once.first() if once is not None else ()
    wanted = (lock_draft(draft), (_PIECES, (draft,)), (_ALIKE, (draft,)), (_FILED, (draft,)))
    async with database.hot(context, *wanted, *answered) as (_, rows):
        if once is not None:
            once.refuse_unless_new(database.settings.master, rows[4], rows[5])
    found = draft_of(rows[0])
    if found is None:
        raise AlreadyFiled if rows[3][0][0] else NotFound
    documents: dict[str, tuple[UUID, ...]] = {}
    for piece, document in rows[1]:
        documents[piece] = (*documents.get(piece, ()), document)
    alike = tuple(Alike(id=one, reference=reference, filed_at=filed) for one, reference, filed in rows[2])
    return Ready(draft=found, documents=documents, alike=alike)
