"""The bodies of the acts that people do through several doors; each becomes a command of the domain."""

from __future__ import annotations

from typing import Annotated, Literal, TypedDict
from uuid import UUID

from pydantic import Field

from api.inputs import Content, Flag, In, Key, LongText, Moment, Reason, ShortText
from domain.attestation import RequestAttestation
from domain.calendar import Instant
from domain.commands import Command
from domain.mandate import TakeOver
from domain.messages import SendMessage
from domain.renunciation import Renounce
from domain.revoking import GiveObservations
from domain.steps.completeness import Correct, ProvidePiece
from domain.steps.convention import SignConvention
from domain.steps.notice import ReadNotice
from domain.steps.proposal import AnswerProposal
from domain.steps.report import GiveReport
from domain.withdrawal import Withdraw

Documents = Annotated[tuple[UUID, ...], Field(min_length=1, max_length=50)]


PostalChannel = Literal["paper", "counter", "registered_mail", "hand"]


class Late(TypedDict):
    """What a command says of a fact written down after it happened."""

    effective: Instant | None
    channel: PostalChannel | None
    evidence: str
    confirmed: bool


class SubmitIn(In):
    """Filing. `incomplete` confirms that required pieces are missing and will be asked for (CRPA R112-11-4);
    `electronic_notice` is the express consent to receive decisions electronically (CRPA L112-15).
    """

    incomplete: Flag = False
    electronic_notice: Flag = False


class ProvidePieceIn(In):
    """Documents for one piece, uploaded before."""

    piece: Key
    documents: Documents

    def command(self) -> Command:
        """The command of the domain."""
        return ProvidePiece(piece=self.piece, documents=self.documents)


class CorrectIn(In):
    """The whole corrected form, before examination begins."""

    form: Content

    def command(self) -> Command:
        """The command of the domain; the form is validated by the route."""
        return Correct(form=self.form)


class AnswerProposalIn(In):
    """The answer to a proposal; `text` says which changes are asked."""

    answer: Literal["accepted", "changes", "refused"]
    text: LongText = ""

    def command(self) -> Command:
        """The command of the domain."""
        return AnswerProposal(answer=self.answer, text=self.text)


class ReadNoticeIn(In):
    """Opening a notice for the first time; `target` is the entry notified (see `notices`)."""

    target: Annotated[int, Field(strict=True, ge=1)]

    def command(self) -> Command:
        """The command of the domain."""
        return ReadNotice(target=self.target)


class WithdrawIn(In):
    """Giving up the request; a reason may be given."""

    reason: Reason = ""

    def command(self) -> Command:
        """The command of the domain."""
        return Withdraw(reason=self.reason)


class MessageIn(In):
    """A message to the other side."""

    text: LongText

    def command(self, sender: Literal["resident", "agent"] = "resident") -> Command:
        """The command of the domain, signed by the side that writes."""
        return SendMessage(sender=sender, text=self.text)


class SignConventionIn(In):
    """The beneficiary signs the convention that was sent."""

    def command(self) -> Command:
        """The command of the domain."""
        return SignConvention(party="beneficiary")


class GiveReportIn(In):
    """The report, as documents uploaded before."""

    documents: Documents

    def command(self) -> Command:
        """The command of the domain."""
        return GiveReport(documents=self.documents)


class RequestAttestationIn(In):
    """The person asks that the acceptance acquired by silence be attested (CRPA L232-3)."""

    def command(self) -> Command:
        """The command of the domain."""
        return RequestAttestation()


class RenounceIn(In):
    """The person gives up what they were granted; `understood` says that they know what they lose (CRPA L242-4)."""

    understood: Literal[True]
    reason: Reason = ""

    def command(self) -> Command:
        """The command of the domain."""
        return Renounce(reason=self.reason)


class GiveObservationsIn(In):
    """What the person answers before a decision is withdrawn; `to_be_heard` asks for an interview (CRPA L122-1)."""

    text: LongText = ""
    to_be_heard: Flag = False

    def command(self) -> Command:
        """The command of the domain."""
        return GiveObservations(text=self.text, to_be_heard=self.to_be_heard)


class TakeOverIn(In):
    """The resident takes the dossier over from the mediator."""

    def command(self) -> Command:
        """The command of the domain."""
        return TakeOver()


class LateIn(In):
    """A fact written down after it happened: when, how it is known, and its evidence (number of a receipt…).

    All three or none: left out, the act happens now. `confirmed`: the date has more than a year, and is right.
    """

    effective: Moment | None = None
    channel: PostalChannel | None = None
    evidence: ShortText = ""
    confirmed: Flag = False

    @property
    def late(self) -> Late:
        """The same, for any command."""
        return Late(effective=self.effective, channel=self.channel, evidence=self.evidence, confirmed=self.confirmed)
