"""The state of a dossier: the fold of its journal."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import lru_cache
from typing import Any
from uuid import UUID

from domain.calendar import Instant, civil, end_of
from domain.channels import Channel
from domain.clock.history import annuls
from domain.clock.reckoning import reckon
from domain.clock.terms import Clock, Fact, Reckoning
from domain.effects_of_silence import SILENCES
from domain.plan import Plan
from domain.states import (
    AppealState,
    Arrival,
    AttestationState,
    ConventionState,
    Dated,
    DecisionState,
    IntendedState,
    NoticeState,
    OpenRequest,
    OpinionState,
    PaymentState,
    ProposalState,
    RenunciationState,
    ReportState,
    Rest,
    RevocationState,
    SilenceState,
    TransmissionState,
    VisaState,
    VoteState,
)

TERMINAL = frozenset({"withdrawn", "renounced", "transmitted", "deemed_refused", "granted", "refused"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Dossier:
    """One request, from filing to decision. Immutable: `evolve` makes the next one."""

    plan: Plan
    seq: int = 0
    filed: Instant | None = None
    form: Mapping[str, Any] = field(default_factory=dict)
    pieces: Mapping[str, tuple[UUID, ...]] = field(default_factory=dict)
    received: Mapping[str, Instant] = field(default_factory=dict)
    """When each piece last arrived."""
    arrivals: Mapping[str, Arrival] = field(default_factory=dict)
    """How each last arrival was entered, where its entry says so."""
    rests: tuple[Rest, ...] = ()
    """What is dated by receptions, in the order of the journal."""
    electronic_notice: bool = False
    competent: Instant | None = None
    complete: Instant | None = None
    acknowledged: Instant | None = None
    facts: tuple[Dated, ...] = ()
    requests: tuple[OpenRequest, ...] = ()
    agent: UUID | None = None
    agent_name: str = ""
    assessed: Instant | None = None
    findings: Mapping[str, Any] = field(default_factory=dict)
    proposal: ProposalState | None = None
    decision: DecisionState | None = None
    silence: SilenceState | None = None
    notices: tuple[NoticeState, ...] = ()
    by_post: tuple[int, ...] = ()
    """Letters that no electronic notice could announce."""
    suspended: bool = False
    withdrawn: Instant | None = None
    taken_over: Instant | None = None
    messages: int = 0
    initially: str = ""
    opinion: OpinionState | None = None
    visas: tuple[VisaState, ...] = ()
    vote: VoteState | None = None
    convention: ConventionState | None = None
    payments: tuple[PaymentState, ...] = ()
    report: ReportState | None = None
    transmission: TransmissionState | None = None
    appeals: tuple[AppealState, ...] = ()
    attestation: AttestationState | None = None
    renounced: RenunciationState | None = None
    came_by: Channel | None = None
    """How it was filed; None where its filing does not say."""
    intended: IntendedState | None = None
    revocation: RevocationState | None = None
    cancelled: tuple[DecisionState, ...] = ()
    """Decisions signed by mistake and never told."""

    def missing(self) -> tuple[str, ...]:
        """Keys of the pieces still owed: required and not given, or asked for again."""
        asked = {key for request in self.awaiting() for key in request.keys}
        owed = (p.key for p in self.plan.pieces if p.key not in self.pieces and p.required_for(self.form))
        return tuple(sorted(asked.union(owed)))

    def requires(self, key: str) -> bool:
        """Whether a text requires this piece of this person (CRPA L114-5)."""
        piece = self.plan.piece(key)
        return piece is not None and piece.required_for(self.form)

    def owed(self) -> tuple[str, ...]:
        """Keys of the missing pieces that a text requires: no other keeps a file incomplete."""
        return tuple(key for key in self.missing() if self.requires(key))

    def awaiting(self) -> tuple[OpenRequest, ...]:
        """The requests that still wait for something, with what they wait for."""
        left = (
            replace(request, keys=tuple(key for key in request.keys if not request.in_receipt or self.requires(key)))
            for request in self.requests
        )
        return tuple(request for request in left if request.keys)

    @property
    def answered(self) -> bool:
        """Whether the request has its answer, signed or by silence: no step is awaited any more."""
        silence = self.silence
        return self.decision is not None or (silence is not None and SILENCES[silence.effect].answers)

    @property
    def settled(self) -> bool:
        """Whether nothing of the request is completed any more: a decision is signed, or silence granted it."""
        return self.decision is not None or (self.silence is not None and self.silence.effect == "acceptance")

    def expects(self, seq: int) -> bool:
        """Whether what entry `seq` calls for is awaited: an answer ends it, unless asked for since a rejection."""
        if self.closed or self.settled:
            return False
        return not self.answered or (self.silence is not None and seq > self.silence.seq)

    def expected(self) -> tuple[OpenRequest, ...]:
        """The requests that the person is still expected to answer."""
        return tuple(request for request in self.awaiting() if self.expects(request.seq))

    def waits_for_pieces(self) -> bool:
        """Whether a request that moved the clock still waits for a piece that a text requires."""
        return any(self.requires(key) for request in self.requests if request.moves_clock for key in request.keys)

    def lacks_indispensable(self) -> tuple[str, ...]:
        """Missing pieces without which examination cannot go on (CRPA L114-5-1)."""
        return tuple(k for k in self.missing() if (p := self.plan.piece(k)) is not None and p.indispensable)

    def complete_since(self) -> Instant | None:
        """Since when the file is complete; None while a request that annulled its delay waits for its pieces."""
        return None if annuls(self.plan.clock) and self.waits_for_pieces() else self.complete

    def reckoning(self) -> Reckoning:
        """The ledger of the clock and its due date; `cause` is the sequence number of the journal entry."""
        return _reckoned(self.plan.clock, tuple(dated.fact for dated in self.facts))

    def cause(self, index: int) -> int:
        """The journal entry behind the clock's fact at `index`."""
        return self.facts[index].seq

    def silence_due(self) -> Instant | None:
        """When silence takes effect if nothing stops it: the end of the last day; None while no clock runs."""
        born = self.reckoning().born if self.facts else None
        return end_of(born) if born is not None else None

    def stopped(self) -> Instant | None:
        """When the event that stops the clock happened, if it did."""
        if self.decision is None:
            return None
        return self.decision.signed if self.plan.clock.stopped_by == "decision" else self.decision.notified

    def overtaken(self) -> bool:
        """An acceptance acquired by silence stands against a contrary decision (CRPA L242-1)."""
        decision, silence = self.decision, self.silence
        if decision is None or silence is None or silence.effect != "acceptance" or decision.favourable:
            return False
        return decision.notified is None or decision.notified >= silence.since

    def notice_of(self, target: int) -> NoticeState | None:
        """The electronic notice of journal entry `target`, if one was made."""
        return next((notice for notice in self.notices if notice.target == target), None)

    def announced(self, notice: NoticeState) -> bool:
        """Whether a notice still unread was brought to the person's knowledge: without that, nothing is deemed."""
        return notice.pending and notice.target not in self.by_post

    def arrived(self, notice: NoticeState) -> bool:
        """Whether what the notice brings has reached the person, by it or otherwise."""
        if notice.of != "proposal":
            subject = self.decision if notice.of == "decision" else self.revocation
            return subject is not None and subject.seq == notice.target and subject.notified is not None
        proposal = self.proposal
        return proposal is not None and proposal.seq == notice.target and proposal.received is not None

    def spent(self, notice: NoticeState) -> bool:
        """Whether what the notice brings is no more: a decision withdrawn, a proposal that a decision overtook."""
        if notice.of == "proposal":
            return self.settled
        return notice.of == "decision" and (self.decision is None or self.decision.seq != notice.target)

    def untold_revocation(self) -> bool:
        """Whether a decision was withdrawn, and the person not yet notified of it."""
        return self.revocation is not None and self.revocation.notified is None

    @property
    def deemed_refused(self) -> bool:
        """The resident refused the proposal or kept silent: the request is deemed refused (CASF R232-7)."""
        return self.proposal is not None and (self.proposal.silent or self.proposal.answer == "refused")

    @property
    def status(self) -> str:
        """A code for where the dossier stands; see `domain.words` for the French."""
        if self.withdrawn is not None:
            return "withdrawn"
        if self.renounced is not None:
            return "renounced"
        if self.transmission is not None:
            return "transmitted"
        if self.deemed_refused:
            return "deemed_refused"
        if self.decision is not None and not self.overtaken():
            if self.decision.notified is None:
                return "decided"
            return "granted" if self.decision.favourable else "refused"
        if self.silence is not None and self.silence.effect != "none":
            return SILENCES[self.silence.effect].status
        return self._underway()

    def _underway(self) -> str:
        if self.revocation is not None:
            return "decided" if self.untold_revocation() else "revoked"
        if self.proposal is not None and self.proposal.answer != "accepted":
            return "proposed"
        if self.owed():
            return "incomplete"
        return "filed" if self.agent is None and self.assessed is None else "examining"

    @property
    def closed(self) -> bool:
        """Nothing more is expected of anybody but messages and reading."""
        if self.status == "granted" and self.intended is not None:
            return False
        return self.status in TERMINAL and not (self.status == "granted" and self.owes_follow_up())

    def owes_follow_up(self) -> bool:
        """Whether what was granted must still be signed, paid or reported on."""
        return any(step.follows_grant and not step.done(self) for step in self.plan.steps)

    def civil_filed(self) -> date:
        """The civil date of filing. Raises ValueError before filing."""
        if self.filed is None:
            raise ValueError("the dossier is not filed")
        return civil(self.filed)


@lru_cache(maxsize=1024)
def _reckoned(clock: Clock, facts: tuple[Fact, ...]) -> Reckoning:
    """The same facts are asked for several times by each act, before and after it: they are reckoned once."""
    return reckon(clock, facts)
