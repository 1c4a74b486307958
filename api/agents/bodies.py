"""What agents send for each act; every body becomes a command of the domain."""

from __future__ import annotations

import hashlib
from typing import Annotated, Literal

from pydantic import Field

from api.act_bodies import Documents, LateIn, PostalChannel
from api.inputs import Content, Day, In, Key, LongText, Moment, Reason, ShortText
from domain.attestation import RequestAttestation
from domain.commands import Command
from domain.correction import CorrectDate
from domain.filing import ReceiveAsCompetent
from domain.lengthened import Extend, Resume, Suspend
from domain.messages import SendMessage
from domain.migrated import Migrate
from domain.plan import Plan
from domain.renunciation import Renounce
from domain.serial import PLAN
from domain.steps.completeness import Acknowledge, ProvidePiece, RequestPieces
from domain.steps.notice import Notify
from domain.steps.proposal import AnswerProposal, RecordReception
from domain.steps.transmission import Transmit
from domain.withdrawal import Withdraw


class TakeIn(In):
    """Taking a dossier in charge."""


class RequestPiecesIn(In):
    """The pieces asked for, each with its reason; the law's time given to provide when `until` is left out."""

    pieces: Annotated[dict[Key, Reason], Field(min_length=1, max_length=50)]
    until: Day | None = None

    def command(self) -> Command:
        """The command of the domain."""
        return RequestPieces(pieces=self.pieces, until=self.until)


class AcknowledgeIn(In):
    """Acknowledging that the file is complete."""

    def command(self) -> Command:
        """The command of the domain."""
        return Acknowledge()


class AssessIn(In):
    """The findings, on the step's own form."""

    findings: Content


class ProposeIn(In):
    """The proposal, on the step's own form; amounts that rules compute are added by the counter."""

    content: Content


class DecideIn(In):
    """A decision, its reasons in law and in fact, and its content on the outcome's own form."""

    outcome: Key
    reasons_law: LongText = ""
    reasons_fact: LongText = ""
    content: Content = Field(default_factory=dict)


class RecordReceptionIn(LateIn):
    """The resident received the proposal, on the day that the evidence shows."""

    def command(self) -> Command:
        """The command of the domain."""
        return RecordReception(**self.late)


class PaperAnswerIn(LateIn):
    """The person's answer to a proposal, received by post or at the counter."""

    answer: Literal["accepted", "changes", "refused"]
    text: LongText = ""

    def command(self) -> Command:
        """The command of the domain."""
        return AnswerProposal(answer=self.answer, text=self.text, **self.late)


class NotifyIn(LateIn):
    """The decision was notified by post or by hand, on the day that the evidence shows."""

    def command(self) -> Command:
        """The command of the domain."""
        return Notify(**self.late)


class ReceiveAsCompetentIn(LateIn):
    """The competent authority received the request (CRPA L114-3)."""

    def command(self) -> Command:
        """The command of the domain."""
        return ReceiveAsCompetent(**self.late)


class CorrectDateIn(LateIn):
    """A date entered by hand that proves wrong: which, and the right one, with how it is known and its evidence."""

    of: Literal["filing", "proposal", "decision"]
    effective: Moment
    channel: PostalChannel
    evidence: Annotated[ShortText, Field(min_length=1)]

    def command(self) -> Command:
        """The command of the domain."""
        return CorrectDate(of=self.of, **self.late)


class PaperPieceIn(LateIn):
    """A piece that came by post or at the counter, scanned by the agent."""

    piece: Key
    documents: Documents

    def command(self) -> Command:
        """The command of the domain."""
        return ProvidePiece(piece=self.piece, documents=self.documents, **self.late)


class PaperWithdrawalIn(LateIn):
    """A withdrawal received by post."""

    reason: Reason = ""

    def command(self) -> Command:
        """The command of the domain."""
        return Withdraw(reason=self.reason, **self.late)


class PaperRenunciationIn(LateIn):
    """The person gives up what they were granted, by a letter or at the counter."""

    reason: Reason = ""

    def command(self) -> Command:
        """The command of the domain."""
        return Renounce(reason=self.reason, **self.late)


class PaperAttestationIn(LateIn):
    """A request for the attestation, received by post or at the counter."""

    def command(self) -> Command:
        """The command of the domain."""
        return RequestAttestation(**self.late)


class ExtendIn(In):
    """Prolonging the delay, with reasons, where a text allows it."""

    reasons: LongText

    def command(self) -> Command:
        """The command of the domain."""
        return Extend(reasons=self.reasons)


class SuspendIn(In):
    """Suspending until an original is produced (CRPA R113-6)."""

    reasons: LongText

    def command(self) -> Command:
        """The command of the domain."""
        return Suspend(reasons=self.reasons)


class ResumeIn(In):
    """Resuming a suspended procedure."""

    def command(self) -> Command:
        """The command of the domain."""
        return Resume()


class TransmitIn(In):
    """Sending the request on; `to` is the procedure's own addressee when it is left out."""

    to: ShortText = ""
    reasons: LongText = ""

    def command(self) -> Command:
        """The command of the domain."""
        return Transmit(to=self.to, reasons=self.reasons)


class MigrateIn(In):
    """Taking the dossier to a published version of its procedure, on the legal ground that `text` and `article` say.

    `ground`: `law_at_filing`, the version was in force when the request was filed; `immediate_effect`, a new text
    applies to requests under way.
    """

    version: Annotated[int, Field(strict=True, ge=1, le=10_000)]
    ground: Literal["law_at_filing", "immediate_effect"]
    text: LongText
    article: ShortText

    def command(self, target: Plan) -> Command:
        """The command of the domain, which carries the whole version and its hash."""
        body = PLAN.dump_json(target).decode()
        sha256 = hashlib.sha256(body.encode()).hexdigest()
        return Migrate(plan=body, sha256=sha256, ground=self.ground, text=self.text, article=self.article)


class AgentMessageIn(In):
    """A message to the resident."""

    text: LongText

    def command(self) -> Command:
        """The command of the domain."""
        return SendMessage(sender="agent", text=self.text)
