"""Bringing a decision to the person: registered electronic notice (CRPA R112-17 to 20), post or hand."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Annotated, Any, ClassVar, Literal, Self

from domain.act_fields import Says
from domain.actors import AGENTS, PERSONS, ActorKind
from domain.calendar import Delay, Instant, civil, midnight
from domain.command import Command
from domain.correction import HOW
from domain.dossier import Dossier
from domain.due import Coming, Due
from domain.effect import Reminder, Reminding, email, reminding
from domain.event import Event, Events
from domain.non_delivery import GiveUpNotice, give_up_notice, last_letter
from domain.plan import Plan
from domain.refusals import Refused, not_now
from domain.sentence import N_
from domain.states import NoticeOf, NoticeState
from domain.step import StepBase
from domain.steps.decision import refuse_against_acceptance
from domain.steps.notice_events import DEEMED_AFTER, NoticeAvailable, NoticeDeemed, NoticeRead, Notified
from domain.steps.proposal_events import ProposalReceived

READ = "CRPA R112-20"
DEEMED = "CRPA R112-20"
UNREAD = reminding(
    email(
        "unread_notice",
        N_("Rappel : une lettre vous attend"),
        N_(
            "Une lettre mise à votre disposition n'a pas encore été ouverte. Non consultée sous {deemed_after}, elle "
            "est réputée reçue le jour où elle a été mise à disposition."
        ),
        "notice",
    )
)
REMINDED_AFTER = timedelta(days=7)
"""How long a notice is left unread before it is reminded of."""
UNREAD_TO_THE_END = Coming(
    kind="notice_deemed",
    step="notice",
    rank=10,
    announced=N_("Sans consultation, l'avis sera réputé reçu"),
    label=N_("lettre réputée reçue"),
    unseen=True,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class MakeNoticeAvailable(Command):
    """Put the letter of entry `target` at the resident's disposal (worker)."""

    of: NoticeOf
    target: int
    kind: Literal["make_notice_available"] = "make_notice_available"

    @classmethod
    def fork_defaults(cls, dossier: Dossier, given: Mapping[str, Any], by: ActorKind, at: Instant) -> Mapping[str, Any]:
        """The last letter."""
        del given, by, at
        return last_letter(dossier)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadNotice(Command):
    """Open a notice for the first time: it is notified by that (CRPA R112-20). `target`: its entry (see `notices`)."""

    by = PERSONS
    label = N_("Consulter un avis")
    when_closed = True

    target: Annotated[int, Says(least=1)]
    kind: Literal["read_notice"] = "read_notice"

    @classmethod
    def probe(cls, dossier: Dossier, by: ActorKind) -> Self:
        """The first that waits."""
        del by
        return cls(target=next((notice.target for notice in dossier.notices if notice.pending), 0))


@dataclass(frozen=True, slots=True, kw_only=True)
class Notify(Command):
    """Record that the decision was notified by post or by hand, with its evidence."""

    by = AGENTS
    label = N_("Enregistrer la notification")
    may_be_late = True

    kind: Literal["notify"] = "notify"

    def older_than_the_end(self, dossier: Dossier) -> bool:
        """A first notification that is known last is still the first."""
        notified = dossier.decision.notified if dossier.decision is not None else None
        return self.effective is not None and notified is not None and self.effective < notified


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice(StepBase):
    """Unread for `deemed_after`, an electronic notice counts as given on the day it was made available."""

    kind: Literal["notice"] = "notice"
    deemed_after: Delay = field(default_factory=lambda: DEEMED_AFTER)
    decides: ClassVar[tuple[type[Command], ...]] = (MakeNoticeAvailable, GiveUpNotice, ReadNotice, Notify)
    label: ClassVar[str] = "Notification"
    by_state: ClassVar[bool] = True
    under_way: ClassVar[bool] = True
    comes: ClassVar[tuple[Coming, ...]] = (UNREAD_TO_THE_END,)
    reminders: ClassVar[tuple[Reminding, ...]] = (UNREAD,)

    @property
    def outlives_answer(self) -> bool:
        """What it brings is the answer."""
        return True

    def done(self, dossier: Dossier) -> bool:
        """Once the decision is notified."""
        return dossier.decision is not None and dossier.decision.notified is not None

    def decide(self, dossier: Dossier, command: Command, at: Instant) -> Events:
        """Make a notice available, give it up, open it, or record a postal one."""
        match command:
            case MakeNoticeAvailable():
                return (_make_available(dossier, command, at),)
            case GiveUpNotice():
                return (give_up_notice(dossier, command, at),)
            case ReadNotice():
                return _read(dossier, command, at)
            case Notify():
                return (_notify(dossier, command, at),)
            case _:
                raise TypeError(command)

    def dues(self, dossier: Dossier) -> tuple[Due, ...]:
        """Each unread notice is deemed given once its days are over."""
        return tuple(map(self._deemed, _unread(dossier)))

    def lost(self, dossier: Dossier, target: Plan) -> str:
        """A decision that nobody was told yet."""
        if dossier.decision is not None and not self.done(dossier) and target.step_of(self.kind) is None:
            return N_("La décision attend d'être notifiée, et la version visée n'a pas d'étape de notification.")
        return ""

    def reminded(self, dossier: Dossier) -> Iterator[Reminder]:
        """The person, of a notice that they leave unread."""
        for notice in _unread(dossier):
            yield UNREAD.at(notice.available + REMINDED_AFTER, notice.target)

    def _deemed(self, notice: NoticeState) -> Due:
        at = midnight(self.deemed_after.last_day(civil(notice.available)) + timedelta(days=1))
        deemed = NoticeDeemed(effective=at, article=DEEMED, of=notice.of, target=notice.target)
        events = (deemed, _arrival(notice, notice.available, DEEMED))
        return Due(what=UNREAD_TO_THE_END, at=at, events=events, article=DEEMED, cause=notice.target)


def _unread(dossier: Dossier) -> Iterator[NoticeState]:
    """Those that still wait to be opened."""
    for notice in dossier.notices:
        if dossier.announced(notice) and not (dossier.arrived(notice) or dossier.spent(notice)):
            yield notice


def _arrival(notice: NoticeState, when: Instant, article: str) -> Event:
    if notice.of == "proposal":
        return ProposalReceived(effective=when, article=article, target=notice.target, channel="electronic")
    return Notified(effective=when, article=article, target=notice.target, channel="electronic")


def _make_available(dossier: Dossier, command: MakeNoticeAvailable, at: Instant) -> NoticeAvailable:
    if not dossier.electronic_notice:
        raise not_now(
            "La personne n'a pas accepté de recevoir les décisions par voie électronique.",
            article="CRPA L112-15",
            what_to_do="Envoyez la lettre par la poste et enregistrez son avis de réception.",
        )
    subjects = {"decision": dossier.decision, "proposal": dossier.proposal, "revocation": dossier.revocation}
    subject = subjects[command.of]
    known = dossier.notice_of(command.target) is not None or command.target in dossier.by_post
    if subject is None or subject.seq != command.target or known:
        raise not_now("Il n'y a rien à mettre à disposition sous ce numéro.")
    return NoticeAvailable(effective=at, article="CRPA R112-19", of=command.of, target=command.target)


def _read(dossier: Dossier, command: ReadNotice, at: Instant) -> Events:
    notice = dossier.notice_of(command.target)
    if notice is None or not notice.pending:
        raise not_now("Cet avis est déjà lu ou réputé reçu.")
    read = NoticeRead(effective=at, article=READ, of=notice.of, target=notice.target)
    if dossier.arrived(notice) or dossier.spent(notice):
        return (read,)
    due = dossier.silence_due()
    decision = dossier.decision
    too_late = (
        notice.of == "decision"
        and decision is not None
        and not decision.favourable
        and dossier.plan.clock.silence == "acceptance"
        and due is not None
        and at >= due
    )
    # A refusal first opened after the acceptance was acquired notifies nothing: the acceptance stands.
    return (read,) if too_late else (read, _arrival(notice, at, READ))


def _notify(dossier: Dossier, command: Notify, at: Instant) -> Notified:
    if dossier.untold_revocation():
        return _notify_revocation(dossier, command, at)
    decision = dossier.decision
    when = command.effective or at
    # A first notification that is known last is still the first.
    if decision is None or (decision.notified is not None and when >= decision.notified):
        what_to_do = HOW if decision is not None else ""
        raise not_now("Aucune décision n'attend d'être notifiée.", what_to_do=what_to_do)
    if when < decision.signed:
        raise Refused("effective_too_early", "La décision ne peut être notifiée avant d'avoir été signée.")
    if not decision.favourable and dossier.silence is not None and when >= dossier.silence.since:
        refuse_against_acceptance(dossier)
    return Notified(
        effective=when,
        article="CRPA L221-8",
        target=decision.seq,
        channel=command.channel or "registered_mail",
        evidence=command.evidence,
    )


def _notify_revocation(dossier: Dossier, command: Notify, at: Instant) -> Notified:
    """The withdrawal of a decision is notified like a decision (CRPA L221-8)."""
    made, when = dossier.revocation, command.effective or at
    if made is None or when < made.signed:
        raise Refused("effective_too_early", "Le retrait ne peut être notifié avant d'avoir été signé.")
    return Notified(
        effective=when,
        article="CRPA L221-8",
        target=made.seq,
        channel=command.channel or "registered_mail",
        evidence=command.evidence,
    )
