"""What a dossier keeps of each of its steps: the last of what happened to it, as the events leave it.

A step that has a state has it here, and a field of `Dossier` (`domain/dossier.py`), which stands right above.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal
from uuid import UUID

from domain.calendar import Instant, civil, ended_by
from domain.clock.terms import Fact, Silence

Answer = Literal["accepted", "changes", "refused"]
NoticeOf = Literal["proposal", "decision", "revocation"]
View = Literal["favourable", "reserved", "unfavourable"]
Party = Literal["beneficiary", "authority"]
Conclusion = Literal["granted", "refused", "implied_rejection", "withdrawn"]
Ground = Literal["illegal", "fraud", "conditions", "asked", "better"]
Taken = Literal["decision", "silence"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Dated:
    """A fact of the clock and the journal entry it comes from."""

    fact: Fact
    seq: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrival:
    """A piece came: in which entry, when that was written down, and whether somebody gave its date by hand."""

    seq: int
    entered: Instant
    by_hand: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Rest:
    """An event dated by the last of the receptions `on` which it rests, and the clock's `facts` before it.

    `completes` tells a file complete for the first time from an answer to requests, whose facts have the numbers
    `moving`; `complete` is since when it first was, None before. `cause` is the entry that gave the date that stands.
    """

    seq: int
    cause: int
    on: Mapping[str, Instant]
    facts: tuple[Dated, ...]
    complete: Instant | None
    completes: bool = False
    moving: tuple[int, ...] = ()
    asked: tuple[str, ...] = ()
    """The pieces asked for until then."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenRequest:
    """Pieces asked for and not all given yet."""

    seq: int
    keys: tuple[str, ...]
    until: date
    moves_clock: bool
    lapsed: bool = False
    asked: tuple[str, ...] = ()
    """Every key that was asked for; `keys` are those still to come."""
    in_receipt: bool = False
    """Asked for by the acknowledgement of receipt: only as long as a text requires it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposalState:
    """The last proposal sent, when it was received, and what came back."""

    seq: int
    sent: Instant
    content: Mapping[str, Any]
    final: bool = False
    received: Instant | None = None
    recorded: Instant | None = None
    answer: Answer | None = None
    answered: Instant | None = None
    silent: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Rectification:
    """One error put right: its entry, what was written, what must be read."""

    seq: int
    at: Instant
    error: str
    instead: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionState:
    """The express decision, and when it was notified."""

    seq: int
    signed: Instant
    outcome: str
    favourable: bool
    content: Mapping[str, Any]
    notified: Instant | None = None
    rectified: tuple[Rectification, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class SilenceState:
    """What silence decided, and since when: `since` is the end of the day whose date it bears."""

    seq: int
    effect: Silence
    since: Instant

    @property
    def dated(self) -> date:
        """The date of the implied decision: the last day of the delay (CE 417292)."""
        return ended_by(self.since)


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeState:
    """A registered electronic notice: available, then read or deemed."""

    of: NoticeOf
    target: int
    available: Instant
    read: Instant | None = None
    deemed: Instant | None = None

    @property
    def pending(self) -> bool:
        """Neither read nor deemed yet."""
        return self.read is None and self.deemed is None


@dataclass(frozen=True, slots=True, kw_only=True)
class OpinionState:
    """The consultation: when asked, what was said and when; `deemed` when silence spoke for the body."""

    seq: int
    asked: Instant
    given: Instant | None = None
    view: View | None = None
    deemed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class VisaState:
    """One level approved: its entry, its name, by whom."""

    seq: int
    level: str
    agent: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class VoteState:
    """What was voted, when, under which number."""

    seq: int
    adopted: bool
    session: date
    deliberation: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ConventionState:
    """When it was sent and when each party signed."""

    seq: int
    sent: Instant
    beneficiary: Instant | None = None
    authority: Instant | None = None

    def signed_by(self, party: Party) -> Instant | None:
        """When that party signed."""
        return self.beneficiary if party == "beneficiary" else self.authority


@dataclass(frozen=True, slots=True, kw_only=True)
class PaymentState:
    """One part: how much (euros, a decimal text), when ordered, when paid."""

    seq: int
    part: str
    amount: str
    ordered: Instant
    paid: Instant | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportState:
    """When the report came, and its documents."""

    seq: int
    given: Instant
    documents: tuple[UUID, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TransmissionState:
    """To whom, and when."""

    seq: int
    at: Instant
    to: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AppealState:
    """An appeal: its dossier, its kind in the plan, when lodged, whether in time, and how it ended."""

    seq: int
    appeal: UUID
    of: str
    lodged: Instant
    in_time: bool
    ended: Instant | None = None
    conclusion: Conclusion | None = None

    @property
    def answered(self) -> date | None:
        """The date of its answer; silence's, like any other that it decides, is the last day of its delay."""
        if self.ended is None:
            return None
        return ended_by(self.ended) if self.conclusion == "implied_rejection" else civil(self.ended)


@dataclass(frozen=True, slots=True, kw_only=True)
class AttestationState:
    """The entry that asked for it, and that of the acceptance attested: another acceptance has another attestation."""

    seq: int
    silence: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RenunciationState:
    """The entry that gave it up, and since when."""

    seq: int
    at: Instant


@dataclass(frozen=True, slots=True, kw_only=True)
class IntendedState:
    """A withdrawal that is thought of, and what the person answered."""

    seq: int
    ground: Ground
    since: Instant
    until: date
    reasons: str
    observed: tuple[str, ...] = ()
    to_be_heard: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class RevocationState:
    """What was withdrawn and why: of a `decision` its outcome, its day; notified like a decision."""

    seq: int
    signed: Instant
    ground: Ground
    taken: Taken
    reasons_law: str
    reasons_fact: str
    outcome: str = ""
    notified: Instant | None = None
