"""Withdrawing a decision that gave a right: on which ground, until which day, and only once the person could answer."""

from dataclasses import dataclass
from datetime import date
from typing import Annotated, Literal, Self

from domain.act_fields import IN_FACT, IN_LAW, LONG, Says
from domain.actors import AGENTS, PERSONS, ActorKind
from domain.blank import is_blank
from domain.calendar import Delay, Instant, civil
from domain.command import Command
from domain.days_in_words import day_in_words
from domain.dossier import Dossier
from domain.event import Events
from domain.plan import Plan
from domain.refusals import Refused, not_now
from domain.revocation_events import DecisionRevoked, ObservationsGiven, RevocationIntended
from domain.revocation_period import RULES, TO_WITHDRAW, Revocable, Rule, appealed, revocable
from domain.sentence import N_, Sentence
from domain.states import Ground

HEARING = "CRPA L121-1, L122-1"
TO_ANSWER = Delay(days=15)
AT_LEAST = Delay(days=8)
"""What a person is given to answer, and the least of it: no text counts the days (à confirmer)."""
GROUNDS = {
    "illegal": N_("La décision est illégale, et le délai pour la retirer n'est pas passé"),
    "fraud": N_("La décision a été obtenue par fraude"),
    "conditions": N_("Les conditions mises à la subvention n'ont pas été respectées"),
}
"""Those on which the person is heard first; on the others, they ask for it themselves."""
ASKED_FOR = {
    "asked": N_("La personne le demande : la décision est illégale, et le délai pour la retirer n'est pas passé"),
    "better": N_("La personne le demande, pour une décision plus favorable"),
}

OBSERVATIONS = Says(N_("Vos observations"), missing=N_("Écrivez vos observations, ou demandez à être entendu."))


@dataclass(frozen=True, slots=True, kw_only=True)
class IntendRevocation(Command):
    """Tell the person that a withdrawal is thought of, why, and until which day they may answer (CRPA L122-1).

    The time that is usually left to answer when `until` is left out.
    """

    by = AGENTS
    label = N_("Annoncer un retrait et demander les observations de la personne")
    when_closed = True
    writes = True

    ground: Annotated[Ground, Says(N_("Fondement"), choices=GROUNDS)]
    reasons: Annotated[str, Says(N_("Pourquoi la décision pourrait être retirée"), most=LONG)]
    until: Annotated[
        date | None,
        Says(N_("La personne peut répondre jusqu'au"), N_("Laissez vide pour donner le temps que la loi prévoit.")),
    ] = None
    kind: Literal["intend_revocation"] = "intend_revocation"

    @classmethod
    def never(cls, plan: Plan) -> frozenset[str]:
        """Conditions are those of a grant."""
        return _never(plan)

    def happens(self, dossier: Dossier, at: Instant) -> Events:
        """While it may still be withdrawn."""
        return (_intended(dossier, self, at),)

    @classmethod
    def probe(cls, dossier: Dossier, by: ActorKind) -> Self:
        """Fraud is never too late."""
        del dossier, by
        return cls(ground="fraud", reasons=".")


@dataclass(frozen=True, slots=True, kw_only=True)
class GiveObservations(Command):
    """Answer before a decision is withdrawn; `to_be_heard` asks for an interview (CRPA L122-1).

    Observations received by post, or said at the counter, are entered by an agent.
    """

    by = PERSONS | AGENTS
    label = N_("Présenter des observations")
    done = N_("Vos observations sont transmises au service.")
    may_be_late = True
    when_closed = True
    the_persons = True

    text: Annotated[str, Says(N_("Observations de la personne"), most=LONG, yours=OBSERVATIONS)] = ""
    to_be_heard: Annotated[
        bool,
        Says(
            N_("La personne demande-t-elle à être entendue ?"),
            choices={"true": N_("Oui, elle demande un entretien"), "false": N_("Non")},
            yours=Says(N_("Je demande aussi à être entendu")),
        ),
    ] = False
    kind: Literal["give_observations"] = "give_observations"

    def happens(self, dossier: Dossier, at: Instant) -> Events:
        """While a withdrawal is thought of."""
        return (_observed(dossier, self, at),)

    @classmethod
    def probe(cls, dossier: Dossier, by: ActorKind) -> Self:
        """The shortest."""
        del dossier, by
        return cls(text=".")


@dataclass(frozen=True, slots=True, kw_only=True)
class Revoke(Command):
    """Withdraw a decision that gave a right, acquired by silence too; the request is to be examined again.

    `heard_on`, the day of the interview that was asked for; `request`, the evidence that the person asked for it, where
    the ground says so (CRPA L242-3, L242-4).
    """

    by = AGENTS
    label = N_("Retirer la décision favorable")
    signed = True
    when_closed = True
    writes = True

    ground: Annotated[Ground, Says(N_("Fondement"), choices=GROUNDS | ASKED_FOR)]
    reasons_law: Annotated[str, Says(N_("Motifs en droit"), IN_LAW, most=LONG)]
    reasons_fact: Annotated[str, Says(N_("Motifs en fait"), IN_FACT, most=LONG)]
    heard_on: Annotated[date | None, Says(N_("Jour de l'entretien, si la personne a demandé à être entendue"))] = None
    request: Annotated[str, Says(N_("Preuve de sa demande, si la personne demande ce retrait"))] = ""
    kind: Literal["revoke"] = "revoke"

    @classmethod
    def never(cls, plan: Plan) -> frozenset[str]:
        """Conditions are those of a grant."""
        return _never(plan)

    def happens(self, dossier: Dossier, at: Instant) -> Events:
        """Once the person could answer."""
        return (_revoked(dossier, self, at),)

    @classmethod
    def probe(cls, dossier: Dossier, by: ActorKind) -> Self:
        """On the ground that the person was told; before, on one that waits for nobody."""
        del by
        said = dossier.intended
        heard = civil(said.since) if said is not None and said.to_be_heard else None
        ground = said.ground if said is not None else "better"
        return cls(ground=ground, reasons_law=".", reasons_fact=".", heard_on=heard, request=".")


def _never(plan: Plan) -> frozenset[str]:
    return frozenset() if any(step.follows_grant for step in plan.steps) else frozenset({"conditions"})


def _admitted(dossier: Dossier, ground: Ground, on: date) -> tuple[Rule, Revocable]:
    """The rule of the ground, and what is withdrawn on that day. Raises Refused."""
    given, rule = revocable(dossier), RULES[ground]
    if given is None:
        raise not_now(
            "Aucune décision favorable n'est à retirer.",
            article="CRPA L242-1",
            what_to_do="Une décision signée et pas encore notifiée s'annule.",
        )
    if ground in _never(dossier.plan):
        raise Refused("not_a_grant", "Seule une subvention se retire pour ce motif.", article=rule.article)
    if rule.timed and on > given.until and not appealed(dossier):
        raise Refused(
            "too_late",
            Sentence(
                "Le délai de {length} pour la retirer est passé depuis le {day}.",
                length=TO_WITHDRAW.in_words(),
                day=day_in_words(given.until),
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
    if rule.timed and until >= given.until and not appealed(dossier):
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
        signatory=getattr(dossier.plan.step_of("decision"), "signatory", ""),
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
