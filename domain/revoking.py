"""Withdrawing a decision that gave a right: on which ground, until which day, and only once the person could answer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from domain.blank import is_blank
from domain.calendar import Delay, Instant, add_months, civil, midnight
from domain.days_in_words import day_in_words
from domain.due import Due
from domain.refusals import Refused
from domain.revocation import (
    LAPSES,
    DecisionRevoked,
    GiveObservations,
    Ground,
    IntendRevocation,
    ObservationsGiven,
    RevocationIntended,
    RevocationLapsed,
    Revoke,
    Taken,
)
from domain.steps.base import not_now
from domain.worded import Sentence

if TYPE_CHECKING:
    from domain.dossier import Dossier
    from domain.happened import Events

HEARING = "CRPA L121-1, L122-1"
TO_ANSWER = Delay(days=15)
AT_LEAST = Delay(days=8)
"""What a person is given to answer, and the least of it: no text counts the days (à confirmer)."""
FOLLOWS_A_GRANT = frozenset({"convention", "payment", "report"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """What a ground asks: within four months or not, the person heard first or asking for it."""

    article: str
    months: int | None = None
    asked: bool = False


RULES: dict[Ground, Rule] = {
    "illegal": Rule(article="CRPA L242-1", months=4),
    "fraud": Rule(article="CRPA L241-2"),
    "conditions": Rule(article="CRPA L242-2"),
    "asked": Rule(article="CRPA L242-3", months=4, asked=True),
    "better": Rule(article="CRPA L242-4", asked=True),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Revocable:
    """A right that was given: by a decision or by silence, and the day from which the four months count."""

    taken: Taken
    since: date

    @property
    def until(self) -> date:
        """The last day on which an illegal one may be withdrawn."""
        return add_months(self.since, 4)


def revocable(dossier: Dossier) -> Revocable | None:
    """What there is to withdraw now; None when no right was given, or nobody has been told of it.

    An acceptance by silence bears the last day of its delay (facts §11.1), the day before it took effect.
    """
    if dossier.withdrawn is not None or dossier.transmission is not None or dossier.renounced is not None:
        return None
    decision, silence = dossier.decision, dossier.silence
    if decision is not None and not decision.favourable and not dossier.overtaken():
        return None
    days = []
    taken: Taken = "silence"
    if silence is not None and silence.effect == "acceptance":
        days.append(civil(silence.since) - timedelta(days=1))
    if decision is not None and decision.favourable:
        told = decision.notified is not None or dossier.notice_of(decision.seq) is not None
        days += [civil(decision.signed)] if told else []
        taken = "decision" if told else taken
    return Revocable(taken=taken, since=min(days)) if days else None


def appealed(dossier: Dossier) -> bool:
    """Whether a mandatory appeal against it is pending: until it is answered, a withdrawal is possible (L242-5)."""
    first = {way.kind for way in dossier.plan.appeals if way.mandatory_first}
    return any(each.of in first and each.in_time and each.ended is None for each in dossier.appeals)


def lapses(dossier: Dossier) -> tuple[Due, ...]:
    """The end of a withdrawal that is only thought of: with the four months, or as many after its letter.

    No text ends the second; but nobody is left for ever under a threat (à confirmer).
    """
    said, given = dossier.intended, revocable(dossier)
    if said is None:
        return ()
    rule, last = RULES[said.ground], add_months(civil(said.since), 4)
    if rule.months is not None and given is not None and not appealed(dossier):
        last = max(given.until, said.until)
    at = midnight(last + timedelta(days=1))
    lapsed = RevocationLapsed(effective=at, article=rule.article)
    return (Due(what=LAPSES, at=at, events=(lapsed,), article=rule.article, cause=said.seq),)


def revoke(dossier: Dossier, command: IntendRevocation | GiveObservations | Revoke, at: Instant) -> Events:
    """The intention, the person's answer, or the withdrawal. Raises Refused."""
    match command:
        case IntendRevocation():
            return (_intended(dossier, command, at),)
        case GiveObservations():
            return (_observed(dossier, command, at),)
        case Revoke():
            return (_revoked(dossier, command, at),)


def _admitted(dossier: Dossier, ground: Ground, on: date) -> tuple[Rule, Revocable]:
    """The rule of the ground, and what is withdrawn on that day. Raises Refused."""
    given, rule = revocable(dossier), RULES[ground]
    if given is None:
        raise not_now(
            "Aucune décision favorable n'est à retirer.",
            article="CRPA L242-1",
            what_to_do="Une décision signée et pas encore notifiée s'annule.",
        )
    if ground == "conditions" and not any(step.kind in FOLLOWS_A_GRANT for step in dossier.plan.steps):
        raise Refused("not_a_grant", "Seule une subvention se retire pour ce motif.", article=rule.article)
    if rule.months is not None and on > given.until and not appealed(dossier):
        raise Refused(
            "too_late",
            Sentence(
                "Le délai de quatre mois pour la retirer est passé depuis le {day}.", day=day_in_words(given.until)
            ),
            article=rule.article,
            what_to_do="La décision reste acquise, sauf fraude (CRPA L241-2).",
        )
    return rule, given


def _intended(dossier: Dossier, command: IntendRevocation, at: Instant) -> RevocationIntended:
    today = civil(at)
    rule, given = _admitted(dossier, command.ground, today)
    if (said := dossier.intended) is not None and said.ground == command.ground and today <= said.until:
        raise not_now("La personne est déjà invitée à présenter ses observations.", article=HEARING)
    if rule.asked:
        raise Refused(
            "hearing_needless",
            "La personne le demande elle-même : ses observations ne sont pas à recueillir.",
            article="CRPA L121-1",
            what_to_do="Retirez la décision, avec la preuve de sa demande.",
        )
    until = command.until or TO_ANSWER.for_a_resident(today)
    if until < AT_LEAST.last_day(today):
        raise Refused(
            "too_short",
            "Laissez à la personne au moins huit jours pour répondre.",
            article=HEARING,
        )
    if rule.months is not None and until >= given.until and not appealed(dossier):
        raise Refused(
            "too_late",
            Sentence(
                "Ce temps de réponse finit trop tard : la décision peut être retirée jusqu'au {day} seulement.",
                day=day_in_words(given.until),
            ),
            article=rule.article,
        )
    if is_blank(command.reasons):
        raise Refused(
            "reasons_missing", "Dites à la personne pourquoi la décision pourrait être retirée.", article=HEARING
        )
    return RevocationIntended(
        effective=at, article=HEARING, ground=command.ground, reasons=command.reasons, until=until
    )


def _observed(dossier: Dossier, command: GiveObservations, at: Instant) -> ObservationsGiven:
    said, when = dossier.intended, command.effective or at
    if said is None:
        raise not_now("Le service n'a pas demandé d'observations.", article=HEARING)
    if when < said.since:
        raise Refused("effective_too_early", "Les observations ne peuvent précéder la lettre qui les demande.")
    if is_blank(command.text) and not command.to_be_heard:
        raise Refused("empty_message", "Écrivez vos observations, ou demandez à être entendu.")
    return ObservationsGiven(
        effective=when,
        article=HEARING,
        text=command.text,
        to_be_heard=command.to_be_heard,
        channel=command.channel,
        evidence=command.evidence,
    )


def _revoked(dossier: Dossier, command: Revoke, at: Instant) -> DecisionRevoked:
    rule, given = _admitted(dossier, command.ground, civil(at))
    if rule.asked:
        _refuse_unless_asked(command, rule)
    else:
        _refuse_unless_heard(dossier, command, at)
    if is_blank(command.reasons_law) or is_blank(command.reasons_fact):
        raise Refused(
            "reasons_missing",
            "Le retrait doit être motivé, en droit et en fait.",
            article="CRPA L211-2, L211-5",
            what_to_do="Écrivez les deux motifs.",
        )
    return DecisionRevoked(
        effective=at,
        article=rule.article if rule.asked else f"{rule.article}, {HEARING.removeprefix('CRPA ')}",
        ground=command.ground,
        taken=given.taken,
        reasons_law=command.reasons_law,
        reasons_fact=command.reasons_fact,
        heard_on=command.heard_on,
        request=command.request,
        signatory=next((step.signatory for step in dossier.plan.steps if step.kind == "decision"), ""),
    )


def _refuse_unless_asked(command: Revoke, rule: Rule) -> None:
    if is_blank(command.request):
        raise Refused(
            "evidence_missing",
            "Ce retrait se fait à la demande de la personne : donnez la preuve de sa demande.",
            article=rule.article,
        )


def _refuse_unless_heard(dossier: Dossier, command: Revoke, at: Instant) -> None:
    said = dossier.intended
    if said is None or said.ground != command.ground:
        raise not_now(
            "La personne doit d'abord pouvoir présenter ses observations sur ce motif.",
            article=HEARING,
            what_to_do="Invitez-la à le faire : une lettre le lui demande.",
        )
    if not said.observed and civil(at) <= said.until:
        raise not_now(
            Sentence(
                "La personne peut encore présenter ses observations jusqu'au {day}.", day=day_in_words(said.until)
            ),
            article=HEARING,
            what_to_do="Attendez sa réponse ou la fin de ce délai.",
        )
    if said.to_be_heard and command.heard_on is None:
        raise Refused(
            "not_heard",
            "La personne a demandé à être entendue : dites quel jour elle l'a été.",
            article="CRPA L122-1",
        )
    if command.heard_on is not None and not civil(said.since) <= command.heard_on <= civil(at):
        raise Refused("effective_too_early", "Le jour de l'entretien va de la lettre à aujourd'hui.")
