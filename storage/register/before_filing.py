"""What is read of a draft to file it, in the same transaction: its row, its documents, what looks like it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from domain.calendar import Instant
from domain.plan import Plan
from storage.accounts.people import reaches
from storage.engine.master_key import MasterKey
from storage.engine.questions import Answers, Question, asking
from storage.register.drafts import Draft, lock_draft
from storage.register.lock import NotFound

# After the lock on the draft: everything else, in one statement. What looks like it is looked for among the person's
# fifty latest requests: one who has filed thousands (a guardian, a robot) does not make each filing slower.
_BESIDE = """
    SELECT EXISTS (SELECT FROM dossier WHERE id = %s) AS filed, writing_now() AS at,
        nextval('dossier_number') AS number, (SELECT system FROM draft WHERE id = %s) AS system,
        (SELECT jsonb_agg(jsonb_build_array(piece, id) ORDER BY created_at, id) FROM document
         WHERE dossier = %s AND status IN ('waiting', 'clean', 'not_scanned')) AS documents,
        (SELECT jsonb_agg(to_jsonb(a) ORDER BY a.filed_at DESC) FROM (
            SELECT d.id, d.reference, d.filed_at FROM (
                SELECT id, reference, filed_at, procedure, purged_at FROM dossier
                WHERE resident = (SELECT resident FROM draft WHERE id = %s) ORDER BY filed_at DESC, id DESC LIMIT 50) d
            JOIN clock c ON c.dossier = d.id
            WHERE d.procedure = (SELECT procedure FROM draft WHERE id = %s)
              AND NOT c.closed AND d.purged_at IS NULL
            ORDER BY d.filed_at DESC LIMIT 5) a) AS alike,
        (SELECT applicant_address(resident) FROM draft WHERE id = %s) AS address
"""


class AlreadyFiled(Exception):
    """The draft was filed before: its dossier bears the same identifier."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Alike:
    """An open request of the same person for the same procedure, among the fifty that they filed last."""

    id: UUID
    reference: str
    filed_at: Instant


@dataclass(frozen=True, slots=True, kw_only=True)
class Ready:
    """A draft about to be filed, at `at`, under `number`: `documents` by the piece they answer, as sent."""

    draft: Draft
    documents: Mapping[str, tuple[UUID, ...]]
    alike: tuple[Alike, ...]
    system: UUID | None
    at: Instant
    number: int
    address: bytes | None = field(default=None, repr=False)
    """The sealed e-mail address of whose request it is."""

    def reached(self, master: MasterKey) -> bool:
        """Whether an e-mail can reach the person."""
        return reaches(master, self.draft.resident, self.address)

    def pieces(self, plan: Plan) -> dict[str, tuple[UUID, ...]]:
        """The documents of the pieces that the plan knows; the others stay with the dossier without being a piece."""
        return {key: ids for key, ids in self.documents.items() if plan.piece(key) is not None}


def reading_of(draft: UUID) -> tuple[Question[Draft | None], Question[Any]]:
    """What to ask, under a lock on the draft; `ready_of` reads the answers."""
    return lock_draft(draft), asking(_BESIDE, *(draft,) * 6)


def ready_of(draft: UUID, answers: Answers) -> Ready:
    """The draft, from what `reading_of` was answered. Raises NotFound, AlreadyFiled."""
    locked, asked = reading_of(draft)
    found, beside = answers[locked], answers[asked][0]
    if found is None:
        raise AlreadyFiled if beside.filed else NotFound
    pieces: dict[str, tuple[UUID, ...]] = {}
    for piece, document in beside.documents or ():
        pieces[piece] = (*pieces.get(piece, ()), UUID(document))
    return Ready(
        draft=found,
        documents=pieces,
        alike=tuple(
            Alike(id=UUID(one["id"]), reference=one["reference"], filed_at=datetime.fromisoformat(one["filed_at"]))
            for one in beside.alike or ()
        ),
        system=beside.system,
        at=beside.at,
        number=beside.number,
        address=beside.address,
    )
