"""What has happened to a dossier. The journal is a list of these; the state is their fold.

Every event has `effective`, its legal instant (UTC): the clock uses it; `article` names its text, where there is one.
What one step alone makes happen is told in that step's file.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import Discriminator

from domain.amended import DecisionCancelled, DecisionRectified
from domain.attestation import AttestationRequested
from domain.ceased import DocumentCeased
from domain.contest import AppealConcluded, AppealLodged
from domain.correction import DateCorrected
from domain.happened import Channel, Happened
from domain.lengthened import Extended, Resumed, Suspended
from domain.migrated import Migrated
from domain.renunciation import Renounced
from domain.revocation import DecisionRevoked, ObservationsGiven, RevocationIntended, RevocationLapsed
from domain.steps.convention import ConventionSent, ConventionSigned
from domain.steps.opinion import OpinionAsked, OpinionDeemed, OpinionGiven
from domain.steps.payment import Paid, PaymentOrdered
from domain.steps.report import ReportGiven
from domain.steps.transmission import Transmitted
from domain.steps.visa import VisaGiven, VisaRefused
from domain.steps.vote import Voted
from domain.undelivered import NoticeGivenUp

SilenceEffect = Literal["acceptance", "rejection", "provisional", "none"]
Answer = Literal["accepted", "changes", "refused"]
NoticeOf = Literal["proposal", "decision", "revocation"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Filed(Happened):
    """The request (`form`, by page) reached our counter, or first that of the administration named `initially`.

    `came_by` says `channel` again to the state; None in entries of before.
    """

    form: Mapping[str, Any]
    pieces: Mapping[str, tuple[UUID, ...]] = field(default_factory=dict)
    electronic_notice: bool = False
    initially: str = ""
    came_by: Channel | None = None
    kind: Literal["filed"] = "filed"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceivedByCompetent(Happened):
    """The competent authority received it (CRPA L114-3)."""

    kind: Literal["received_by_competent"] = "received_by_competent"


@dataclass(frozen=True, slots=True, kw_only=True)
class Completed(Happened):
    """The last required piece arrived; dated that day, not the day somebody noticed."""

    kind: Literal["completed"] = "completed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Acknowledged(Happened):
    """The authority acknowledged a complete file."""

    kind: Literal["acknowledged"] = "acknowledged"


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestedPiece:
    """One piece asked for, with the text that requires it (CRPA L114-5: no other may be)."""

    key: str
    reason: str = ""
    reference: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PiecesRequested(Happened):
    """Pieces were asked for, to be given by `until`; `moves_clock` says whether the law's time moved, and `why`.

    `in_receipt`: asked for in the acknowledgement itself (CRPA R112-11-4), which lists them. `replaces`: a piece asked
    for twice is awaited by the later request alone; what is asked for in the receipt, as long as a text requires it.
    """

    """Pieces were asked for by `until`, `in_receipt` by the acknowledgement; whether the clock moved, and `why`."""

    pieces: tuple[RequestedPiece, ...]
    until: date
    moves_clock: bool
    why: str
    in_receipt: bool = False
    replaces: bool = False
    kind: Literal["pieces_requested"] = "pieces_requested"


@dataclass(frozen=True, slots=True, kw_only=True)
class PieceReceived(Happened):
    """Documents were given for one piece."""

    piece: str
    documents: tuple[UUID, ...]
    kind: Literal["piece_received"] = "piece_received"


@dataclass(frozen=True, slots=True, kw_only=True)
class PiecesProvided(Happened):
    """Every piece of the open requests has arrived."""

    kind: Literal["pieces_provided"] = "pieces_provided"


@dataclass(frozen=True, slots=True, kw_only=True)
class PiecesLapsed(Happened):
    """The time given for the pieces ran out."""

    kind: Literal["pieces_lapsed"] = "pieces_lapsed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Corrected(Happened):
    """The resident corrected the form before examination began; `form` is the whole new form."""

    form: Mapping[str, Any]
    kind: Literal["corrected"] = "corrected"


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken(Happened):
    """An agent took the dossier (CRPA L111-2: the resident may know who)."""

    agent: UUID
    agent_name: str = ""
    kind: Literal["taken"] = "taken"


@dataclass(frozen=True, slots=True, kw_only=True)
class Assessed(Happened):
    """A visit or an evaluation was recorded; `findings` follows the step's own form."""

    findings: Mapping[str, Any]
    kind: Literal["assessed"] = "assessed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposed(Happened):
    """A proposal was sent to the resident; `final` after changes were asked."""

    content: Mapping[str, Any]
    final: bool = False
    used: Mapping[str, str] = field(default_factory=dict)
    kind: Literal["proposed"] = "proposed"


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposalReceived(Happened):
    """The resident received the proposal: their time to answer runs from here."""

    target: int
    kind: Literal["proposal_received"] = "proposal_received"


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposalAnswered(Happened):
    """The resident accepted, asked for changes or refused."""

    answer: Answer
    text: str = ""
    kind: Literal["proposal_answered"] = "proposal_answered"


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposalSilent(Happened):
    """The resident did not answer in time; the text says what that means."""

    kind: Literal["proposal_silent"] = "proposal_silent"


@dataclass(frozen=True, slots=True, kw_only=True)
class Decided(Happened):
    """An express decision was signed. `used` holds the content hashes of the rules and parameters applied."""

    outcome: str
    favourable: bool
    reasons_law: str = ""
    reasons_fact: str = ""
    content: Mapping[str, Any] = field(default_factory=dict)
    used: Mapping[str, str] = field(default_factory=dict)
    signatory: str = ""
    kind: Literal["decided"] = "decided"


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeAvailable(Happened):
    """A registered electronic notice was put at the resident's disposal (CRPA R112-17)."""

    of: NoticeOf
    target: int
    kind: Literal["notice_available"] = "notice_available"


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeRead(Happened):
    """The resident opened the notice for the first time (CRPA R112-18)."""

    of: NoticeOf
    target: int
    kind: Literal["notice_read"] = "notice_read"


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeDeemed(Happened):
    """Unread for fifteen days: deemed notified on the day it was made available (CRPA R112-20)."""

    of: NoticeOf
    target: int
    kind: Literal["notice_deemed"] = "notice_deemed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Notified(Happened):
    """The decision recorded as entry `target` was notified, by `channel`."""

    target: int
    kind: Literal["notified"] = "notified"


@dataclass(frozen=True, slots=True, kw_only=True)
class SilenceTookEffect(Happened):
    """Nobody answered in time: the law decided, at this instant."""

    effect: SilenceEffect
    kind: Literal["silence_took_effect"] = "silence_took_effect"


@dataclass(frozen=True, slots=True, kw_only=True)
class SilenceVoided(Happened):
    """A fact known late shows that silence had not taken effect; `cause` is the entry that says so.

    `of` tells the administration's silence (`clock`) from the resident's on a proposal.
    """

    cause: int
    of: Literal["clock", "proposal"] = "clock"
    corrected: bool = False
    """Because a date was corrected: nobody had answered in time, the time itself is not over."""
    kind: Literal["silence_voided"] = "silence_voided"


@dataclass(frozen=True, slots=True, kw_only=True)
class Withdrawn(Happened):
    """The resident gave up the request."""

    reason: str = ""
    kind: Literal["withdrawn"] = "withdrawn"


@dataclass(frozen=True, slots=True, kw_only=True)
class MessageSent(Happened):
    """A message between the resident's side and the agents' side."""

    sender: Literal["resident", "agent"]
    text: str
    kind: Literal["message_sent"] = "message_sent"


@dataclass(frozen=True, slots=True, kw_only=True)
class TakenOver(Happened):
    """The resident took the dossier over from the mediator who filed it."""

    kind: Literal["taken_over"] = "taken_over"


Event = (
    Filed | ReceivedByCompetent | Completed | Acknowledged | PiecesRequested | PieceReceived | PiecesProvided
    | PiecesLapsed | Corrected | Taken | Assessed | Proposed | ProposalReceived | ProposalAnswered | ProposalSilent
    | Decided | NoticeAvailable | NoticeRead | NoticeDeemed | Notified | SilenceTookEffect | SilenceVoided
    | Withdrawn | MessageSent | Extended | Suspended | Resumed | TakenOver | Migrated
    | OpinionAsked | OpinionGiven | OpinionDeemed | VisaGiven | VisaRefused | Voted | ConventionSent | ConventionSigned
    | PaymentOrdered | Paid | ReportGiven | Transmitted | AppealLodged | AppealConcluded | AttestationRequested
    | Renounced | DocumentCeased | DateCorrected | NoticeGivenUp | DecisionCancelled | DecisionRectified
    | RevocationIntended | ObservationsGiven | DecisionRevoked | RevocationLapsed
)  # fmt: skip
AnyEvent = Annotated[Event, Discriminator("kind")]
Events = tuple[Event, ...]
