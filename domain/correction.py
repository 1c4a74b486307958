"""A date entered by hand that proves wrong: corrected either way with its evidence, the former kept, one date shown.

Dates that the counter itself established (a filing online, a notice opened) are not corrected.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Annotated, Any, ClassVar, Literal, Self

from domain.act_fields import Says
from domain.actors import AGENTS, ActorKind
from domain.calendar import Instant, civil, midnight
from domain.channels import BY_HAND, Channel
from domain.command import AT_PARIS, PROOF, SHOWS, Command
from domain.days_in_words import day_in_figures, day_in_words
from domain.dossier import Dossier
from domain.effect import Effect, email, letter, tell
from domain.event import THE_OFFICE, Event, Events
from domain.plan import Plan
from domain.refusals import Refused, not_now
from domain.sentence import N_, Sentence
from domain.silence import SilenceVoided
from domain.states import Dated

HOW = N_("Si la date enregistrée est fausse, corrigez-la : c'est un autre acte.")
Of = Literal["filing", "proposal", "decision"]
ESTABLISHED = frozenset({"online", "assisted", "system"})
"""Ways to file whose date nobody entered."""
CAME_WITH_IT = frozenset({"filed", "received_by_competent", "complete"})
"""Facts of the clock that a wrong day of filing dated too."""
CORRECTED = {
    "filing": N_("Réception de la demande"),
    "proposal": N_("Réception de la proposition"),
    "decision": N_("Notification de la décision"),
}
SAID = {
    "filing": N_("La date de réception de la demande est corrigée : {on}, et non {was}."),
    "proposal": N_("La date de réception de la proposition est corrigée : {on}, et non {was}."),
    "decision": N_("La date de notification de la décision est corrigée : {on}, et non {was}."),
}
ARTICLES: dict[Of, str] = {"filing": "CRPA R112-5", "decision": "CRPA L221-8"}
"""The texts that give that day its effect; for a proposal, its step's own."""
FORMER = {"filing": "filed", "proposal": "proposal_received", "decision": "notified"}
"""The event that gave the former date."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CorrectDate(Command):
    """Correct a date entered by hand, either way, with its evidence: `effective` is right, the former is kept."""

    by = AGENTS
    label = N_("Corriger une date enregistrée")
    may_be_late = True
    when_closed = True

    of: Annotated[Of, Says(N_("Date à corriger"), choices=CORRECTED)]
    effective: Annotated[Instant | None, Says(N_("La bonne date, jour et heure"), AT_PARIS, needed=True)] = None
    channel: Annotated[Channel | None, Says(N_("Par quelle voie"), choices=BY_HAND, needed=True)] = None
    evidence: Annotated[str, Says(N_("Preuve"), SHOWS, needed=True, least=1)] = ""
    kind: Literal["correct_date"] = "correct_date"

    def happens(self, dossier: Dossier, at: Instant) -> Events:
        """The right date; a proposal received later than was thought may still be answered."""
        corrected = correct_date(dossier, self, at)
        if not reopens(dossier, corrected, at):
            return (corrected,)
        article, cause = corrected.article, dossier.seq + 1
        return (corrected, SilenceVoided(effective=at, cause=cause, article=article, of="proposal", corrected=True))

    @classmethod
    def probe(cls, dossier: Dossier, by: ActorKind) -> Self:
        """The last date that somebody may have entered."""
        del by
        if dossier.decision is not None and dossier.decision.notified is not None:
            return cls(of="decision")
        received = dossier.proposal is not None and dossier.proposal.received is not None
        return cls(of="proposal" if received else "filing")

    @classmethod
    def fork_defaults(cls, dossier: Dossier, given: Mapping[str, Any], by: ActorKind, at: Instant) -> Mapping[str, Any]:
        """It never goes without its evidence."""
        del dossier, given, by, at
        return {"channel": "registered_mail", "evidence": PROOF}


@dataclass(frozen=True, slots=True, kw_only=True)
class DateCorrected(Event):
    """The right date is `effective`; `was` is the one that stood until then."""

    who: ClassVar[str] = THE_OFFICE
    follows: ClassVar[tuple[Effect, ...]] = (
        letter("date_corrected", N_("Date corrigée")),
        email(
            "date_corrected",
            N_("Une date de votre dossier est corrigée"),
            N_("Une date de votre dossier est corrigée. Une lettre vous dit laquelle et ce qu'elle change."),
        ),
        tell("date_corrected", "une date du dossier est corrigée : ses délais sont recalculés."),
    )
    of: Of
    was: Instant
    kind: Literal["date_corrected"] = "date_corrected"

    def upon(self, dossier: Dossier) -> Dossier:
        """The new date stands in place of the former everywhere."""
        proposal, decision = dossier.proposal, dossier.decision
        if self.of == "filing":
            return _filed(dossier, self.was, self.effective)
        if self.of == "proposal" and proposal is not None:
            return replace(dossier, proposal=replace(proposal, received=self.effective, recorded=None))
        if self.of == "decision" and decision is not None:
            return replace(dossier, decision=replace(decision, notified=self.effective))
        return dossier

    def in_french(self, plan: Plan) -> Sentence:
        """Which date, both days."""
        del plan
        on, was = (Sentence("le {day}", day=day_in_words(civil(at))) for at in (self.effective, self.was))
        return Sentence(SAID[self.of], on=on, was=was)


def _filed(dossier: Dossier, was: Instant, on: Instant) -> Dossier:
    """What came with the filing came when it did; nothing of it came before."""

    def moved(at: Instant | None) -> Instant | None:
        return on if at is not None and (at == was or at < on) else at

    def dated(each: Dated) -> Dated:
        fact = each.fact
        if fact.kind not in CAME_WITH_IT or not (fact.on == civil(was) or fact.on < civil(on)):
            return each
        return replace(each, fact=replace(fact, on=civil(on)), seq=dossier.seq)

    return replace(
        dossier,
        filed=on,
        competent=moved(dossier.competent),
        complete=moved(dossier.complete),
        received={key: moved(at) or on for key, at in dossier.received.items()},
        facts=tuple(dated(each) for each in dossier.facts),
    )


def correct_date(dossier: Dossier, command: CorrectDate, at: Instant) -> DateCorrected:
    """The correction. Raises Refused when there is no such date, when it is ours, or when the new one cannot be."""
    was = _entered(dossier, command.of)
    on = command.effective
    if on is None or command.channel is None:
        raise Refused(
            "effective_missing",
            "Dites quelle est la bonne date, par quelle voie elle est connue et sa preuve.",
            what_to_do="Indiquez le jour, la voie et la preuve (numéro d'avis, tampon, récépissé).",
        )
    if on == was:
        raise Refused("effective_missing", "La date donnée est déjà celle du dossier.")
    earliest, latest = _bounds(dossier, command.of, at)
    if earliest is not None and on < earliest:
        raise Refused("effective_too_early", "La date donnée précède ce qui a été reçu ce jour-là.")
    if on > latest:
        raise Refused(
            "effective_in_future",
            Sentence(
                "La date donnée vient après un acte du {day}, qui suppose cette réception.",
                day=day_in_figures(civil(latest)),
            ),
        )
    return DateCorrected(
        effective=on,
        article=_article(dossier, command.of),
        channel=command.channel,
        evidence=command.evidence,
        of=command.of,
        was=was,
    )


def _article(dossier: Dossier, of: Of) -> str:
    step = dossier.plan.step_of("proposal")
    return ARTICLES.get(of) or (step.article if step is not None else "")


def _entered(dossier: Dossier, of: Of) -> Instant:
    """The date that stands, when somebody entered it. Raises Refused."""
    decision, proposal = dossier.decision, dossier.proposal
    subject = {"proposal": proposal, "decision": decision}.get(of)
    notice = dossier.notice_of(subject.seq) if subject is not None else None
    stands: dict[Of, Instant | None] = {
        "filing": dossier.filed,
        "proposal": proposal.received if proposal is not None else None,
        "decision": decision.notified if decision is not None else None,
    }
    found = stands[of]
    if found is None:
        raise not_now("Cette date n'est pas encore enregistrée : il n'y a rien à corriger.")
    by_notice = notice is not None and not notice.pending and found in {notice.read, notice.available}
    if by_notice or (of == "filing" and dossier.came_by in ESTABLISHED):
        raise not_now("Cette date a été établie par le guichet lui-même : elle ne se corrige pas.")
    return found


def _bounds(dossier: Dossier, of: Of, at: Instant) -> tuple[Instant | None, Instant]:
    """Between which instants the date may be: after what it is the reception of, before what followed it."""
    proposal, decision = dossier.proposal, dossier.decision
    if of == "decision" and decision is not None:
        return decision.signed, at
    if of == "proposal" and proposal is not None:
        return proposal.sent, proposal.answered if proposal.answer is not None and proposal.answered else at
    followed = [_end_of(each.fact.on) for each in dossier.facts if _followed(each)]
    signed = [decision.signed] if decision is not None else []
    asked = [proposal.sent] if proposal is not None else []
    assessed = [dossier.assessed] if dossier.assessed is not None else []
    return None, min([at, *followed, *signed, *asked, *assessed])


def _end_of(day: date) -> Instant:
    """Its last instant: what happened that day may have come before, or after, a fact of the same day."""
    return midnight(day + timedelta(days=1)) - timedelta(microseconds=1)


def _followed(each: Dated) -> bool:
    return each.fact.kind not in CAME_WITH_IT


def reopens(dossier: Dossier, corrected: DateCorrected, at: Instant) -> bool:
    """Whether the time to answer a proposal, thought over, is not: received later than was thought."""
    step: Any = dossier.plan.step_of("proposal")
    proposal = dossier.proposal
    if corrected.of != "proposal" or proposal is None or not proposal.silent or step is None:
        return False
    last: date = step.last_day(replace(proposal, received=corrected.effective))
    return midnight(last + timedelta(days=1)) > at


def superseded(events: Sequence[tuple[int, Event]]) -> frozenset[int]:
    """The entries whose date a later one corrects, by their numbers."""
    found: set[int] = set()
    for seq, event in events:
        if isinstance(event, DateCorrected):
            kinds = {FORMER[event.of], "date_corrected"}
            found |= {n for n, old in events if n < seq and old.kind in kinds and old.effective == event.was}
    return frozenset(found)
