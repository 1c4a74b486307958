"""Renouncing what was granted: another act than withdrawing a request that nobody has answered yet.

Once a right exists, only a repeal or a withdrawal of the decision undoes it, and its beneficiary may ask for it at any
time (CRPA L242-3, L242-4). It takes effect for what follows; nothing of the past is taken back.
"""

from dataclasses import dataclass, replace
from typing import Annotated, ClassVar, Literal

from domain.act_fields import REASON, Says
from domain.actors import AGENTS, RESIDENT
from domain.calendar import Instant
from domain.command import Command
from domain.dossier import Dossier
from domain.effect import Effect, email, letter, tell
from domain.event import THE_PERSON, Event, Events, Shows
from domain.plan import Plan
from domain.refusals import Refused, not_now
from domain.sentence import N_, Sentence
from domain.states import RenunciationState

ARTICLE = "CRPA L242-3, L242-4"
HELD = frozenset({"granted", "decided", "implied_acceptance", "provisional"})
"""Where a right may be held; a decision signed against an acceptance that is not acquired holds none."""
HOW = N_("Pour ne pas garder ce qui est accordé, renoncez-y : c'est un autre acte (CRPA L242-3, L242-4).")


@dataclass(frozen=True, slots=True, kw_only=True)
class Renounce(Command):
    """Give up what was granted, by a decision or by silence, for what follows (CRPA L242-3, L242-4).

    It is the person's own, never their mediator's; on paper, an agent writes it down.
    """

    by = RESIDENT | AGENTS
    label = N_("Renoncer à ce qui est accordé")
    done = N_("Votre renonciation est enregistrée.")
    may_be_late = True
    when_closed = True
    the_persons = True

    reason: Annotated[
        str, Says(N_("Raison donnée"), most=REASON, yours=Says(N_("Pourquoi y renoncez-vous ? (facultatif)")))
    ] = ""
    kind: Literal["renounce"] = "renounce"

    def happens(self, dossier: Dossier, at: Instant) -> Events:
        """Once."""
        return renounce(dossier, self, at)


@dataclass(frozen=True, slots=True, kw_only=True)
class Renounced(Event):
    """The person gave up what they were granted."""

    who: ClassVar[str] = THE_PERSON
    follows: ClassVar[tuple[Effect, ...]] = (
        letter("renunciation", N_("Renonciation")),
        email(
            "renounced",
            N_("Votre renonciation est enregistrée"),
            N_("Vous avez renoncé à ce qui vous était accordé. Une lettre en prend acte."),
        ),
        tell("renounced", "la personne renonce à ce qui lui était accordé."),
    )
    reason: Annotated[str, Shows(N_("Raison de la renonciation"))] = ""
    kind: Literal["renounced"] = "renounced"

    def upon(self, dossier: Dossier) -> Dossier:
        """Nothing more is expected of anybody."""
        return replace(dossier, renounced=RenunciationState(seq=dossier.seq, at=self.effective))

    def in_french(self, plan: Plan) -> Sentence:
        """From whom, and for when."""
        del plan
        return Sentence("La personne renonce, pour l'avenir, à ce qui lui était accordé.")


def renounce(dossier: Dossier, command: Renounce, at: Instant) -> Events:
    """Give it up, once. Raises Refused when nothing is granted, or when money has already left."""
    when, since = command.effective or at, granted_since(dossier)
    if dossier.renounced is not None:
        raise not_now("La personne y a déjà renoncé.", article=ARTICLE)
    if since is None:
        raise not_now(
            "Rien n'est encore accordé : il n'y a pas de droit auquel renoncer.",
            article=ARTICLE,
            what_to_do="Tant qu'elle n'a pas de réponse, la demande peut être retirée.",
        )
    if dossier.payments:
        raise not_now(
            "Un paiement est déjà ordonné : renoncer peut obliger à le rendre.",
            article=ARTICLE,
            what_to_do="Écrivez au service, qui vous dira ce qui en résulte.",
        )
    if when < since:
        raise Refused(
            "effective_too_early",
            "La renonciation ne peut précéder ce à quoi elle renonce.",
            article=ARTICLE,
            what_to_do="Un courrier venu avant la réponse est un retrait de la demande.",
        )
    return (
        Renounced(
            effective=when,
            article=ARTICLE,
            reason=command.reason,
            channel=command.channel,
            evidence=command.evidence,
        ),
    )


def granted_since(dossier: Dossier) -> Instant | None:
    """Since when the person holds a right: a favourable decision that reached them, or what silence gave; else None."""
    decision, silence = dossier.decision, dossier.silence
    if dossier.status not in HELD:
        return None
    if silence is not None and silence.effect in {"acceptance", "provisional"}:
        return silence.since
    return decision.notified if decision is not None and decision.favourable else None
