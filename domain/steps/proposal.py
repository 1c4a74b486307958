"""What the administration proposes and the resident may accept, discuss or refuse (for APA: CASF R232-7)."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Annotated, Any, ClassVar, Literal

from domain.act_fields import LONG, Says
from domain.actors import AGENTS, PERSONS
from domain.calendar import Delay, Instant, civil, midnight
from domain.command import Command
from domain.correction import HOW
from domain.days_in_words import day_in_words
from domain.deadline import Deadline
from domain.derivation import Line
from domain.dossier import Dossier
from domain.due import Coming, Due
from domain.effect import Reminder, Reminding, email, reminding, tell
from domain.event import Event, Events
from domain.plan import Plan
from domain.refusals import Refused, not_now
from domain.sentence import N_, Sentence
from domain.silence import SilenceVoided
from domain.states import Answer, ProposalState
from domain.step import StepBase
from domain.steps.notice_events import NoticeRead
from domain.steps.pieces import refuse_when_settled
from domain.steps.proposal_events import STEP, ProposalAnswered, ProposalReceived, ProposalSilent, Proposed

PROPOSE = reminding(tell("propose", "la proposition doit être envoyée dans {delay}.", STEP), before=Delay(days=5))
FINAL = reminding(
    tell("final_proposal", "la proposition définitive doit être envoyée dans {delay}.", STEP), before=Delay(days=3)
)
ANSWER = reminding(
    email(
        "answer_proposal",
        N_("Rappel : une proposition attend votre réponse"),
        N_("Une proposition attend votre réponse. Sans réponse dans le délai indiqué, elle sera réputée refusée."),
        STEP,
    ),
    before=Delay(days=3),
)
SILENCE = Coming(
    kind="proposal_silence",
    step="proposal",
    rank=20,
    announced=N_("Sans réponse à la proposition, la demande sera réputée refusée"),
    label=N_("réputée refusée, faute de réponse à la proposition"),
    unseen=True,
    ends_its_day=True,
)

ANSWERS = {
    "accepted": N_("Elle accepte"),
    "changes": N_("Elle demande des changements"),
    "refused": N_("Elle refuse"),
}
YOUR_ANSWER = Says(
    N_("Votre réponse"),
    choices={
        "accepted": N_("J'accepte cette proposition"),
        "changes": N_("Je demande des changements"),
        "refused": N_("Je refuse : ma demande sera réputée refusée"),
    },
    missing=N_("Choisissez votre réponse."),
)
YOUR_CHANGES = Says(
    N_("Les changements que vous demandez"),
    N_("Seulement si vous demandez des changements. Le service vous enverra alors une proposition définitive."),
    missing=N_("Dites quels changements vous demandez."),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Propose(Command):
    """Send a proposal, on the step's own form; amounts in `content` were computed by the rules, `used` says which."""

    by = AGENTS
    label = N_("Envoyer une proposition")
    ordered = True
    writes = True

    content: Annotated[Mapping[str, Any], Says()]
    used: Mapping[str, str] = field(default_factory=dict)
    kind: Literal["propose"] = "propose"


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordReception(Command):
    """Record when the person received the proposal by post, with its evidence."""

    by = AGENTS
    label = N_("Enregistrer la réception de la proposition")
    may_be_late = True

    kind: Literal["record_reception"] = "record_reception"


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerProposal(Command):
    """Accept the proposal, ask for changes (`text` says which), or refuse it; by post, an agent enters the answer."""

    by = PERSONS | AGENTS
    label = N_("Répondre à la proposition")
    may_be_late = True
    the_persons = True

    answer: Annotated[Answer, Says(N_("Réponse de la personne"), choices=ANSWERS, yours=YOUR_ANSWER)]
    text: Annotated[str, Says(N_("Changements demandés"), most=LONG, yours=YOUR_CHANGES)] = ""
    kind: Literal["answer_proposal"] = "answer_proposal"

    def older_than_the_end(self, dossier: Dossier) -> bool:
        """Posted before silence was drawn."""
        given, proposal = self.effective, dossier.proposal
        if given is None or proposal is None:
            return False
        return proposal.silent and given < (proposal.answered or given)


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal(StepBase):
    """Silence after `answer_within` from *reception* means that the request is deemed refused.

    When changes are asked, a final proposal follows within `final_within`; on that one, changes may not be asked.
    """

    kind: Literal["proposal"] = "proposal"
    form: str = ""
    letter: str = ""
    computed: bool = False
    propose_within: Delay | None = None
    answer_within: Delay = field(default_factory=lambda: Delay(days=10))
    final_within: Delay = field(default_factory=lambda: Delay(days=8))
    decides: ClassVar[tuple[type[Command], ...]] = (Propose, RecordReception, AnswerProposal)
    label: ClassVar[str] = "Proposition"
    awaited: ClassVar[str] = N_("proposition attendue")
    by_state: ClassVar[bool] = True
    under_way: ClassVar[bool] = True
    comes: ClassVar[tuple[Coming, ...]] = (SILENCE,)
    reminders: ClassVar[tuple[Reminding, ...]] = (PROPOSE, FINAL, ANSWER)

    def done(self, dossier: Dossier) -> bool:
        """Once accepted."""
        return dossier.proposal is not None and dossier.proposal.answer == "accepted"

    def decide(self, dossier: Dossier, command: Command, at: Instant) -> Events:
        """Propose, record the reception, answer."""
        match command:
            case Propose():
                return (self._propose(dossier, command, at),)
            case RecordReception():
                return (self._received(dossier, command, at),)
            case AnswerProposal():
                return self._answer(dossier, command, at)
            case _:
                raise TypeError(command)

    def dues(self, dossier: Dossier) -> tuple[Due, ...]:
        """The resident's silence, at the end of the last day given from reception."""
        proposal = dossier.proposal
        if proposal is None or proposal.received is None or proposal.answer is not None or proposal.silent:
            return ()
        silence = midnight(self.last_day(proposal) + timedelta(days=1))
        # Received by deeming (CRPA R112-20): the time may have run out before anyone could know; never before that day.
        at = max(silence, proposal.recorded or silence)
        silent = ProposalSilent(effective=at, article=self.article)
        return (Due(what=SILENCE, at=at, events=(silent,), article=self.article, cause=proposal.seq),)

    def deadlines(self, dossier: Dossier) -> Iterator[Deadline]:
        """The proposal, from the complete file; the final one, from what the person asked for."""
        proposal, complete = dossier.proposal, dossier.complete_since()
        if self.propose_within is not None and complete is not None:
            last, kept = self.propose_within.last_day(civil(complete)), proposal is not None
            yield Deadline(what=self.awaited, last=last, article=self.article, cause=1, kept=kept)
        if proposal is not None and proposal.answer == "changes" and proposal.answered is not None:
            last = self.final_within.last_day(civil(proposal.answered))
            yield Deadline(what=self.awaited, last=last, article=self.article, cause=proposal.seq, kept=False)

    def terms(self, dossier: Dossier) -> Iterator[Line]:
        """The time to answer."""
        proposal, given = dossier.proposal, self.answer_within.in_words()
        if proposal is None or proposal.received is None or not dossier.expects(proposal.seq):
            return
        last = self.last_day(proposal)
        yield Line(
            about="term",
            key="answer_by",
            at=last,
            sentence=Sentence(
                "La proposition reçue ouvre {delay} pour répondre, jusqu'au {day} : le premier jour ne compte pas, "
                "et le dernier est reporté s'il tombe un jour non ouvré.",
                delay=given,
                day=day_in_words(last),
            ),
            rule=Sentence("délai de {delay} pour répondre", delay=given),
            article=self.article,
            seq=proposal.seq,
        )

    def lost(self, dossier: Dossier, target: Plan) -> str:
        """A proposal that nobody accepted yet."""
        proposal = dossier.proposal
        if proposal is not None and proposal.answer != "accepted" and target.step_of(self.kind) is None:
            return N_("Une proposition est en cours, et la version visée n'a pas d'étape de proposition.")
        return ""

    def reminded(self, dossier: Dossier) -> Iterator[Reminder]:
        """Agents, before they must propose; the person, before they must answer."""
        proposal, complete = dossier.proposal, dossier.complete_since()
        if proposal is None:
            if self.propose_within is not None and complete is not None:
                yield PROPOSE.of(self.propose_within.last_day(civil(complete)), 1)
            return
        if proposal.answer == "changes" and proposal.answered is not None:
            yield FINAL.of(self.final_within.last_day(civil(proposal.answered)), proposal.seq)
        if proposal.received is not None and proposal.answer is None and not proposal.silent:
            yield ANSWER.of(self.last_day(proposal), proposal.seq)

    def last_day(self, proposal: ProposalState) -> date:
        """The resident's last day to answer, moved to a working day. Raises ValueError before reception."""
        if proposal.received is None:
            raise ValueError("the proposal has not been received")
        return self.answer_within.for_a_resident(civil(proposal.received))

    def _propose(self, dossier: Dossier, command: Propose, at: Instant) -> Proposed:
        proposal = dossier.proposal
        if dossier.decision is not None:
            raise not_now("La décision est déjà signée.")
        if proposal is not None and proposal.answer is None:
            raise not_now("Une proposition attend déjà la réponse de la personne.", article=self.article)
        if proposal is not None and proposal.answer == "accepted":
            raise not_now("La proposition est acceptée.", what_to_do="Prenez la décision.")
        final = proposal is not None
        return Proposed(effective=at, article=self.article, content=command.content, used=command.used, final=final)

    def _received(self, dossier: Dossier, command: RecordReception, at: Instant) -> ProposalReceived:
        proposal = dossier.proposal
        if proposal is None or proposal.received is not None:
            what_to_do = HOW if proposal is not None else ""
            raise not_now("Aucune proposition n'attend d'être reçue.", what_to_do=what_to_do)
        when = command.effective or at
        if when < proposal.sent:
            raise Refused("effective_too_early", "La proposition ne peut être reçue avant d'avoir été envoyée.")
        return ProposalReceived(
            effective=when,
            article=self.article,
            target=proposal.seq,
            channel=command.channel,
            evidence=command.evidence,
        )

    def _answer(self, dossier: Dossier, command: AnswerProposal, at: Instant) -> Events:
        proposal, when = dossier.proposal, command.effective or at
        if proposal is None or proposal.answer is not None:
            raise not_now("Aucune proposition n'attend de réponse.")
        refuse_when_settled(dossier, Sentence("La proposition n'attend plus de réponse"))
        if when < (proposal.received or proposal.sent):
            raise Refused("effective_too_early", "La réponse ne peut précéder la réception de la proposition.")
        if proposal.final and command.answer == "changes":
            raise not_now("La proposition est définitive : elle peut être acceptée ou refusée.", article=self.article)
        events: list[Event] = []
        notice = dossier.notice_of(proposal.seq)
        if notice is not None and notice.pending:
            events.append(NoticeRead(effective=when, article="CRPA R112-20", of="proposal", target=proposal.seq))
        if proposal.received is None:
            events.append(ProposalReceived(effective=when, article=self.article, target=proposal.seq))
        if proposal.silent:
            events.append(SilenceVoided(effective=at, cause=dossier.seq + 1, article=self.article, of="proposal"))
        events.append(self._answered(command, when))
        return tuple(events)

    def _answered(self, command: AnswerProposal, when: Instant) -> ProposalAnswered:
        return ProposalAnswered(
            effective=when,
            article=self.article,
            answer=command.answer,
            text=command.text,
            channel=command.channel,
            evidence=command.evidence,
        )
