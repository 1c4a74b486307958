"""A dossier under its lock: what the register reads, in one round trip, before it decides."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from domain.calendar import Instant, civil
from domain.dossier import Dossier
from domain.mandate import Mandate, refuse_unless_covered
from domain.refusals import Refused
from storage.keys import DossierKey
from storage.pipeline import Statement

LEGAL_NOW: Statement = ("SELECT legal_now()", ())
WRITING_NOW: Statement = ("SELECT writing_now()", ())
"""The instant to stamp on what is written: announced first, so that no list passes over it meanwhile."""
_COLUMNS = (
    "id, reference, procedure, plan, resident, organisation, mandate, system, version, acts, head, state, filed_at,"
    " recorded_at, taken_over_at, purged_at, purged_ground, migrated_to"
)
SELECT = f"SELECT {_COLUMNS} FROM dossier WHERE id = %s"  # noqa: S608 - names of columns
_MANDATE = (
    "SELECT id, organisation, resident, procedures, starts, ends, consent, consented_at, revoked_at"
    " FROM mandate WHERE id = %s"
)


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
    """What stands in clear of a dossier. `acts` is the last entry made by a person or a system.

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

    @property
    def followed(self) -> bytes:
        """The plan that the dossier follows now."""
        return self.migrated_to or self.plan


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


def lock(dossier: UUID) -> Statement:
    """Lock the dossier's row: everything after it sees what the last act left."""
    return (SELECT + " FOR UPDATE", (dossier,))


def header_of(row: tuple[Any, ...]) -> tuple[Header, bytes | None]:
    """The header and the sealed state of a row of SELECT."""
    (id_, reference, procedure, plan, resident, organisation, mandate, system, version, acts, head, state, filed_at,
     recorded_at, taken_over_at, purged_at, purged_ground, migrated_to) = row  # fmt: skip
    header = Header(
        id=id_,
        reference=reference,
        procedure=procedure,
        plan=plan,
        resident=resident,
        organisation=organisation,
        mandate=mandate,
        system=system,
        version=version,
        acts=acts,
        head=head,
        filed_at=filed_at,
        recorded_at=recorded_at,
        taken_over_at=taken_over_at,
        purged_at=purged_at,
        purged_ground=purged_ground,
        migrated_to=migrated_to,
    )
    return header, state


def lock_mandate(mandate: UUID | None) -> tuple[Statement, ...]:
    """Hold a mandate as it is until the end of the transaction, then read it: a revocation comes before or after."""
    return () if mandate is None else ((_MANDATE + " FOR SHARE", (mandate,)), (_MANDATE, (mandate,)))


def refuse_unless_mandated(rows: list[list[Any]], procedure: str, at: Instant) -> None:
    """From the rows of `lock_mandate`: raises Refused unless the mandate covers the procedure at that instant."""
    if not rows:
        return
    if not rows[-1]:
        raise Refused(
            "mandate_unknown", "Ce mandat n'existe pas.", what_to_do="Demandez un nouveau mandat à la personne."
        )
    id_, organisation, resident, procedures, starts, ends, consent, consented_at, revoked_at = rows[-1][0]
    mandate = Mandate(
        id=id_,
        organisation=organisation,
        resident=resident,
        procedures=tuple(procedures),
        starts=starts,
        ends=ends,
        consent=consent,
        consented_at=consented_at,
        revoked_at=revoked_at,
    )
    refuse_unless_covered(mandate, procedure, at)
