"""A dossier under its lock: what the register reads, in one round trip, before it decides."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from domain.calendar import Instant, civil
from domain.dossier import Dossier
from domain.mandate import Mandate, refuse_unless_covered
from domain.refusals import Refused
from storage.engine.keys import DossierKey
from storage.engine.questions import Answers, Question, asking, first, names_of, value

LEGAL_NOW: Question[Instant] = value("SELECT legal_now()")
WRITING_NOW: Question[Instant] = value("SELECT writing_now()")
"""The instant to stamp on what is written: announced first, so that no list passes over it meanwhile."""


class NotFound(LookupError):
    """No dossier of this identifier, or none that the context may see: the two are answered alike."""


class Purged(Exception):
    """The dossier's content was destroyed."""

    def __init__(self, at: Instant, ground: str) -> None:
        self.at = at
        self.ground = ground
        super().__init__(f"Le contenu de ce dossier a été détruit le {civil(at):%d/%m/%Y} au titre de : {ground}.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Header:
    """A dossier's row: what stands in clear of it, and its sealed state.

    `acts` is the last entry made by a person or a system.

    The chain begins on `plan`, pinned at filing; `migrated_to` is the one that it follows since an act said so.
    """

    id: UUID
    reference: str
    procedure: str
    plan: bytes
    resident: UUID | None
    organisation: UUID | None
    mandate: UUID | None
    system: UUID | None
    version: int
    acts: int
    head: bytes
    filed_at: Instant
    recorded_at: Instant
    taken_over_at: Instant | None
    purged_at: Instant | None
    purged_ground: str | None
    migrated_to: bytes | None = None
    state: bytes | None = field(default=None, repr=False)

    @property
    def followed(self) -> bytes:
        """The plan that the dossier follows now."""
        return self.migrated_to or self.plan

    def sealed(self) -> bytes:
        """Its state. Raises Purged."""
        if self.purged_at is not None or self.state is None:
            raise Purged(self.purged_at or self.recorded_at, self.purged_ground or "")
        return self.state


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """A dossier locked by this transaction: its header, its key and its state."""

    header: Header
    key: DossierKey
    dossier: Dossier

    @property
    def id(self) -> UUID:
        """The dossier's identifier."""
        return self.header.id


SELECT = f"SELECT {names_of(Header)} FROM dossier WHERE id = %s"  # noqa: S608 - names of columns
_MANDATE = f"SELECT {names_of(Mandate)} FROM mandate WHERE id = %s"  # noqa: S608 - names of columns


def look(dossier: UUID) -> Question[Header | None]:
    """A dossier's row, as the context sees it."""
    return first(Header, SELECT, dossier)


def lock(dossier: UUID) -> Question[Header | None]:
    """Lock the dossier's row: everything after it sees what the last act left."""
    return first(Header, SELECT + " FOR UPDATE", dossier)


def lock_mandate(mandate: UUID | None) -> tuple[Question[Any], ...]:
    """Hold a mandate as it is until the end of the transaction, then read it: a revocation comes before or after."""
    return () if mandate is None else (asking(_MANDATE + " FOR SHARE", mandate), _mandate(mandate))


def refuse_unless_mandated(answers: Answers, mandate: UUID | None, procedure: str, at: Instant) -> None:
    """From what `lock_mandate` was answered: raises Refused unless the mandate covers the procedure at that instant."""
    if mandate is None:
        return
    found = answers[_mandate(mandate)]
    if found is None:
        raise Refused(
            "mandate_unknown", "Ce mandat n'existe pas.", what_to_do="Demandez un nouveau mandat à la personne."
        )
    refuse_unless_covered(found, procedure, at)


def _mandate(mandate: UUID) -> Question[Mandate | None]:
    return first(_mandate_of, _MANDATE, mandate)


def _mandate_of(*, procedures: Sequence[str], **rest: Any) -> Mandate:
    return Mandate(procedures=tuple(procedures), **rest)
