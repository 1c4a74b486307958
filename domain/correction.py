"""A date entered by hand that proves wrong: corrected either way with its evidence, the former kept, one date shown.

Dates that the counter itself established (a filing online, a notice opened) are not corrected.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Annotated, Any, ClassVar, Literal, Self

from domain.act_fields import Says
from domain.actors import AGENTS, ActorKind
from domain.calendar import Instant, civil, midnight
from domain.channels import BY_HAND, Channel
from domain.command import IN_PARIS, PROOF, SHOWS, Command
from domain.days_in_words import day_in_words, instant_in_words
from domain.dossier import Dossier
from domain.effect import Effect, email, letter, tell
from domain.entered import Of, Which, entered, every, refuse_out_of_bounds
from domain.event import THE_OFFICE, Event, Events, Shows
from domain.plan import Plan
from domain.refusals import Refused
from domain.sentence import N_, Sentence
from domain.silence import SilenceVoided
from domain.states import Dated, Rest
from domain.steps import deemed_acknowledgement
from domain.steps.completeness_events import piece_title
from domain.steps.deemed_acknowledgement import CAME_WITH_IT
from domain.steps.payment import paid_on, part_title
from domain.steps.receptions import dated_anew

HOW = N_("Si la date enregistrée est fausse, corrigez-la : c'est un autre acte.")
CORRECTED = {
    "filing": N_("Réception de la demande"),
    "piece": N_("Réception d'une pièce"),
    "proposal": N_("Réception de la proposition"),
    "decision": N_("Notification de la décision"),
    "payment": N_("Paiement"),
}
SAID = {
    "filing": N_("La date de réception de la demande est corrigée : {on}, et non {was}."),
    "piece": N_("La date de réception de la pièce « {title} » est corrigée : {on}, et non {was}."),
    "proposal": N_("La date de réception de la proposition est corrigée : {on}, et non {was}."),
    "decision": N_("La date de notification de la décision est corrigée : {on}, et non {was}."),
    "payment": N_("La date d'un paiement est corrigée ({title}) : {on}, et non {was}."),
}
ARTICLES: dict[Of, str] = {"filing": "CRPA R112-5", "piece": "CRPA L114-5", "decision": "CRPA L221-8"}
"""The texts that give that day its effect; for a proposal or a payment, its step's own."""
FORMER: dict[Of, str] = {
    "filing": "filed",
    "piece": "piece_received",
    "proposal": "proposal_received",
    "decision": "notified",
    "payment": "paid",
}
"""The event that gave the former date."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CorrectDate(Command):
    """Correct a date entered by hand, either way, with its evidence: `effective` is right, the former is kept."""

    by = AGENTS
    label = N_("Corriger une date enregistrée")
    may_be_late = True
    when_closed = True

    of: Annotated[Of, Says(N_("Date à corriger"), choices=CORRECTED)]
    piece: Annotated[str, Says(N_("Pièce"), N_("Si c'est la réception d'une pièce."), key=True)] = ""
    part: Annotated[str, Says(N_("Part payée"), N_("Si c'est un paiement."), key=True)] = ""
    effective: Annotated[Instant | None, Says(N_("La bonne date, jour et heure"), IN_PARIS, needed=True)] = None
    channel: Annotated[Channel | None, Says(N_("Par quelle voie"), choices=BY_HAND, needed=True)] = None
    evidence: Annotated[str, Says(N_("Preuve"), SHOWS, needed=True, least=1)] = ""
    kind: Literal["correct_date"] = "correct_date"

    def happens(self, dossier: Dossier, at: Instant) -> Events:
        """The right date, and the law's acknowledgement; a proposal received later than thought may be answered."""
        corrected = correct_date(dossier, self, at)
        if corrected.deemed_anew:
            after = _after(dossier, corrected)
            return (corrected, *(each for due in deemed_acknowledgement.due(after, at) for each in due.events))
        if not reopens(dossier, corrected, at):
            return (corrected,)
        article, cause = corrected.article, dossier.seq + 1
        return (corrected, SilenceVoided(effective=at, cause=cause, article=article, of="proposal", corrected=True))

    @classmethod
    def probe(cls, dossier: Dossier, by: ActorKind) -> Self:
        """The last date that somebody entered."""
        del by
        of, key = next(iter(correctable(dossier)), ("filing", ""))
        return cls(of=of, piece=key if of == "piece" else "", part=key if of == "payment" else "")

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
    piece: Annotated[str, Shows(elsewhere="a key: the sentence says the piece's title")] = ""
    part: Annotated[str, Shows(elsewhere="a key: the sentence says the part's title")] = ""
    was: Instant
    deemed_anew: bool = False
    """The acknowledgement that the law gave was of another day: it gives it anew (not so in older entries)."""
    kind: Literal["date_corrected"] = "date_corrected"

    def upon(self, dossier: Dossier) -> Dossier:
        """The new date stands in place of the former everywhere; an acknowledgement that rested on it is no more."""
        after = self._dated(dossier)
        return deemed_acknowledgement.withdrawn(after) if self.deemed_anew else after

    def _dated(self, dossier: Dossier) -> Dossier:
        proposal, decision = dossier.proposal, dossier.decision
        if self.of == "filing":
            return _filed(dossier, self.was, self.effective)
        if self.of == "piece" and self.piece in dossier.arrivals:
            return dated_anew(dossier, self.piece, self.effective)
        if self.of == "payment":
            return paid_on(dossier, self.part, self.effective)
        if self.of == "proposal" and proposal is not None:
            return replace(dossier, proposal=replace(proposal, received=self.effective, recorded=None))
        if self.of == "decision" and decision is not None:
            return replace(dossier, decision=replace(decision, notified=self.effective))
        return dossier

    def in_french(self, plan: Plan) -> Sentence:
        """Which date, both days; both hours where the day is the same."""
        both = (self.effective, self.was)
        same_day = civil(self.effective) == civil(self.was)
        on, was = (
            Sentence("le {day}", day=instant_in_words(at) if same_day else day_in_words(civil(at))) for at in both
        )
        titles = {"piece": piece_title(plan, self.piece), "payment": part_title(plan, self.part)}
        title = {"title": titles[self.of]} if self.of in titles else {}
        return Sentence(SAID[self.of], on=on, was=was, **title)


def _filed(dossier: Dossier, was: Instant, on: Instant) -> Dossier:
    """What came with the filing came when it did; nothing of it came before."""

    def moved(at: Instant | None) -> Instant | None:
        return on if at is not None and (at == was or at < on) else at

    def rested(each: Rest) -> Rest:
        dates, facts = {key: moved(at) or on for key, at in each.on.items()}, tuple(dated(one) for one in each.facts)
        cause = each.cause if dates == each.on else dossier.seq
        return replace(each, on=dates, facts=facts, complete=moved(each.complete), cause=cause)

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
        rests=tuple(rested(each) for each in dossier.rests),
    )


def correct_date(dossier: Dossier, command: CorrectDate, at: Instant) -> DateCorrected:
    """The correction. Raises Refused when there is no such date, when it is ours, or when the new one cannot be."""
    which = (command.of, {"piece": command.piece, "payment": command.part}.get(command.of, ""))
    was, on = entered(dossier, which), command.effective
    if on is None or command.channel is None:
        raise Refused(
            "effective_missing",
            "Dites quelle est la bonne date, par quelle voie elle est connue et sa preuve.",
            what_to_do="Indiquez le jour, la voie et la preuve (numéro d'avis, tampon, récépissé).",
        )
    if on == was:
        raise Refused("effective_missing", "La date donnée est déjà celle du dossier.")
    refuse_out_of_bounds(dossier, which, on, at)
    corrected = DateCorrected(
        effective=on,
        article=_article(dossier, command.of),
        channel=command.channel,
        evidence=command.evidence,
        of=command.of,
        piece=command.piece if command.of == "piece" else "",
        part=command.part if command.of == "payment" else "",
        was=was,
    )
    moved = deemed_acknowledgement.moves(dossier, _after(dossier, corrected), at)
    return replace(corrected, deemed_anew=moved)


def _after(dossier: Dossier, corrected: DateCorrected) -> Dossier:
    return corrected.upon(replace(dossier, seq=dossier.seq + 1))


def correctable(dossier: Dossier) -> tuple[Which, ...]:
    """The dates that somebody entered, and that may be corrected."""
    return tuple(each for each in every(dossier) if _is_entered(dossier, each))


def _is_entered(dossier: Dossier, which: Which) -> bool:
    try:
        entered(dossier, which)
    except Refused:
        return False
    return True


def _article(dossier: Dossier, of: Of) -> str:
    step = dossier.plan.step_of("payment" if of == "payment" else "proposal")
    return ARTICLES.get(of) or (step.article if step is not None else "")


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
            found |= {n for n, old in events if n < seq and old.effective == event.was and _gave(old, event)}
        if isinstance(event, DateCorrected) and event.deemed_anew:
            found |= {n for n, old in events if n < seq and old.kind == "acknowledged"}
    return frozenset(found)


def _gave(old: Event, corrected: DateCorrected) -> bool:
    """Whether that entry gave the date that was corrected: the fact itself, or a correction before this one."""
    if isinstance(old, DateCorrected):
        return (old.of, old.piece, old.part) == (corrected.of, corrected.piece, corrected.part)
    of_it = {"piece": corrected.piece, "payment": corrected.part}.get(corrected.of)
    return old.kind == FORMER[corrected.of] and of_it in {None, getattr(old, "piece", ""), getattr(old, "part", "")}


def moved_with_it(dossier: Dossier) -> frozenset[int]:
    """The entries dated by a reception that was dated anew: their own date stands no more."""
    return frozenset(rest.seq for rest in dossier.rests if rest.cause != rest.seq)
