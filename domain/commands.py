"""What somebody asks of a dossier. `decide` turns one into events, or refuses it.

`effective`, `channel` and `evidence` are for facts that are written down after they happened (a paper filing,
a postal receipt): left out, the act happens now.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import Discriminator

from domain.amended import CancelDecision, Rectify
from domain.attestation import RequestAttestation
from domain.calendar import Instant
from domain.ceased import CeaseDocument
from domain.contest import ConcludeAppeal, LodgeAppeal
from domain.correction import CorrectDate
from domain.happened import Asked
from domain.migrated import Migrate
from domain.renunciation import Renounce
from domain.revocation import GiveObservations, IntendRevocation, Revoke
from domain.steps.convention import SendConvention, SignConvention
from domain.steps.notice_events import NoticeOf
from domain.steps.opinion import AskOpinion, GiveOpinion
from domain.steps.payment import OrderPayment, RecordPayment
from domain.steps.proposal_events import Answer
from domain.steps.report import GiveReport
from domain.steps.transmission import Transmit
from domain.steps.visa import GiveVisa, RefuseVisa
from domain.steps.vote import RecordVote
from domain.undelivered import GiveUpNotice


@dataclass(frozen=True, slots=True, kw_only=True)
class File(Asked):
    """File the request; the form has been validated against the plan's form.

    `initially` names the administration that first received it, when that was not the competent one (CRPA L114-3);
    `competent` is then when the competent one did, None while that is not known.
    """

    form: Mapping[str, Any]
    pieces: Mapping[str, tuple[UUID, ...]] = field(default_factory=dict)
    electronic_notice: bool = False
    initially: str = ""
    competent: Instant | None = None
    kind: Literal["file"] = "file"


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestPieces(Asked):
    """Ask for pieces by `until`; `pieces` maps each key to the reason given."""

    pieces: Mapping[str, str]
    until: date | None = None
    kind: Literal["request_pieces"] = "request_pieces"


@dataclass(frozen=True, slots=True, kw_only=True)
class ProvidePiece(Asked):
    """Give documents for one piece."""

    piece: str
    documents: tuple[UUID, ...]
    kind: Literal["provide_piece"] = "provide_piece"


@dataclass(frozen=True, slots=True, kw_only=True)
class Acknowledge(Asked):
    """Acknowledge that the file is complete."""

    kind: Literal["acknowledge"] = "acknowledge"


@dataclass(frozen=True, slots=True, kw_only=True)
class Correct(Asked):
    """Replace the form before examination begins; validated like a filing."""

    form: Mapping[str, Any]
    kind: Literal["correct"] = "correct"


@dataclass(frozen=True, slots=True, kw_only=True)
class Take(Asked):
    """Take the dossier in charge."""

    agent: UUID
    agent_name: str = ""
    kind: Literal["take"] = "take"


@dataclass(frozen=True, slots=True, kw_only=True)
class Assess(Asked):
    """Record the assessment; `findings` has been validated against the step's form."""

    findings: Mapping[str, Any]
    kind: Literal["assess"] = "assess"


@dataclass(frozen=True, slots=True, kw_only=True)
class Propose(Asked):
    """Send a proposal; amounts in `content` were computed by the rules, `used` says which."""

    content: Mapping[str, Any]
    used: Mapping[str, str] = field(default_factory=dict)
    kind: Literal["propose"] = "propose"


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordReception(Asked):
    """Record when the resident received the proposal by post (with its evidence)."""

    kind: Literal["record_reception"] = "record_reception"


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerProposal(Asked):
    """Accept, ask for changes or refuse."""

    answer: Answer
    text: str = ""
    kind: Literal["answer_proposal"] = "answer_proposal"


@dataclass(frozen=True, slots=True, kw_only=True)
class Decide(Asked):
    """Sign a decision, with its reasons in law and in fact (CRPA L211-5)."""

    outcome: str
    reasons_law: str = ""
    reasons_fact: str = ""
    content: Mapping[str, Any] = field(default_factory=dict)
    used: Mapping[str, str] = field(default_factory=dict)
    signatory: str = ""
    kind: Literal["decide"] = "decide"


@dataclass(frozen=True, slots=True, kw_only=True)
class MakeNoticeAvailable(Asked):
    """Put the letter of entry `target` at the resident's disposal (worker)."""

    of: NoticeOf
    target: int
    kind: Literal["make_notice_available"] = "make_notice_available"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadNotice(Asked):
    """Open a notice for the first time."""

    target: int
    kind: Literal["read_notice"] = "read_notice"


@dataclass(frozen=True, slots=True, kw_only=True)
class Notify(Asked):
    """Record that the decision was notified by post or by hand, with its evidence."""

    kind: Literal["notify"] = "notify"


@dataclass(frozen=True, slots=True, kw_only=True)
class Withdraw(Asked):
    """Give up the request."""

    reason: str = ""
    kind: Literal["withdraw"] = "withdraw"


@dataclass(frozen=True, slots=True, kw_only=True)
class SendMessage(Asked):
    """Write to the other side."""

    sender: Literal["resident", "agent"]
    text: str
    kind: Literal["send_message"] = "send_message"


@dataclass(frozen=True, slots=True, kw_only=True)
class Extend(Asked):
    """Prolong the delay, with reasons, where the plan's text allows it."""

    reasons: str
    kind: Literal["extend"] = "extend"


@dataclass(frozen=True, slots=True, kw_only=True)
class Suspend(Asked):
    """Suspend until an original is produced (CRPA R113-6)."""

    reasons: str
    kind: Literal["suspend"] = "suspend"


@dataclass(frozen=True, slots=True, kw_only=True)
class Resume(Asked):
    """Resume a suspended procedure."""

    kind: Literal["resume"] = "resume"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceiveAsCompetent(Asked):
    """Record the reception by the competent authority."""

    kind: Literal["receive_as_competent"] = "receive_as_competent"


@dataclass(frozen=True, slots=True, kw_only=True)
class TakeOver(Asked):
    """Take the dossier over from the mediator."""

    kind: Literal["take_over"] = "take_over"


@dataclass(frozen=True, slots=True, kw_only=True)
class Settle(Asked):
    """Ask nothing: only let the law's own effects be written down (worker)."""

    kind: Literal["settle"] = "settle"


Command = (
    File | RequestPieces | ProvidePiece | Acknowledge | Correct | Take | Assess | Propose | RecordReception
    | AnswerProposal | Decide | MakeNoticeAvailable | ReadNotice | Notify | Withdraw | SendMessage | Extend
    | Suspend | Resume | ReceiveAsCompetent | TakeOver | Settle
    | AskOpinion | GiveOpinion | GiveVisa | RefuseVisa | RecordVote | SendConvention | SignConvention | OrderPayment
    | RecordPayment | GiveReport | Transmit | LodgeAppeal | ConcludeAppeal | RequestAttestation
    | Renounce | CeaseDocument | CorrectDate | Migrate | GiveUpNotice
    | CancelDecision | Rectify | IntendRevocation | GiveObservations | Revoke
)  # fmt: skip
AnyCommand = Annotated[Command, Discriminator("kind")]
