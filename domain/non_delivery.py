"""An electronic notice that nobody could be told of: nothing is deemed read of it, and the letter is posted."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, ClassVar, Literal

from domain.actors import ActorKind
from domain.calendar import Instant
from domain.command import Command
from domain.dossier import Dossier
from domain.effect import Effect, tell
from domain.event import THE_COUNTER, Event
from domain.plan import Plan
from domain.refusals import not_now
from domain.sentence import N_, Sentence

Why = Literal["no_address", "refused", "away"]
# The deeming of R112-20 supposes the notice of R112-19, which is sent to an address.
ARTICLE = "CRPA R112-19"
WHY = {
    "no_address": N_("Aucune adresse électronique ne permet d'annoncer cette lettre : elle part par la poste."),
    "refused": N_("L'adresse électronique donnée est refusée par son serveur : la lettre part par la poste."),
    "away": N_("Aucun serveur de courriel n'a pris l'avis à temps : la lettre part par la poste."),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class GiveUpNotice(Command):
    """Record that the notice of the letter of entry `target` reached no mail server (worker)."""

    target: int
    why: Why
    kind: Literal["give_up_notice"] = "give_up_notice"

    @classmethod
    def fork_defaults(cls, dossier: Dossier, given: Mapping[str, Any], by: ActorKind, at: Instant) -> Mapping[str, Any]:
        """That of the last letter."""
        del given, by, at
        return {"target": last_letter(dossier)["target"], "why": "away"}


def last_letter(dossier: Dossier) -> Mapping[str, Any]:
    """The last letter that an electronic notice may announce: of what, and its entry."""
    if dossier.decision is not None:
        return {"of": "decision", "target": dossier.decision.seq}
    return {"of": "proposal", "target": dossier.proposal.seq if dossier.proposal is not None else 0}


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeGivenUp(Event):
    """The letter of entry `target` was announced to nobody: it goes by post, and is never deemed read."""

    who: ClassVar[str] = THE_COUNTER
    follows: ClassVar[tuple[Effect, ...]] = (
        tell(
            "post_instead",
            "l'avis électronique n'a pas pu être remis à la personne : envoyez la lettre par la poste, en recommandé, "
            "et enregistrez son avis de réception.",
            "notice",
        ),
    )
    target: int
    why: Why
    kind: Literal["notice_given_up"] = "notice_given_up"

    def upon(self, dossier: Dossier) -> Dossier:
        """By post from now on."""
        return replace(dossier, by_post=(*dossier.by_post, self.target))

    def in_french(self, plan: Plan) -> Sentence:
        """Why, and what comes instead."""
        del plan
        return Sentence(WHY[self.why])


def on_its_way(dossier: Dossier) -> Literal["", "online", "post"]:
    """How the decision or the proposal that has not arrived yet reaches the person; empty when none is on its way."""
    decision, proposal, revocation = dossier.decision, dossier.proposal, dossier.revocation
    if decision is not None and decision.notified is None:
        letter = decision.seq
    elif decision is None and revocation is not None and revocation.notified is None:
        letter = revocation.seq
    elif decision is None and proposal is not None and proposal.received is None:
        letter = proposal.seq
    else:
        return ""
    online = dossier.electronic_notice and dossier.plan.step_of("notice") is not None
    return "online" if online and letter not in dossier.by_post else "post"


def give_up_notice(dossier: Dossier, command: GiveUpNotice, at: Instant) -> NoticeGivenUp:
    """The letter goes by post. Raises Refused when it has arrived, or is by post already."""
    every = (dossier.decision, dossier.proposal, dossier.revocation)
    letters = [each.seq for each in every if each is not None]
    notice = dossier.notice_of(command.target)
    if command.target not in letters or command.target in dossier.by_post:
        raise not_now("Aucune lettre de ce numéro n'attend d'être annoncée.")
    if notice is not None and (not notice.pending or dossier.arrived(notice)):
        raise not_now("Cet avis est déjà lu ou réputé reçu.")
    return NoticeGivenUp(effective=at, article=ARTICLE, target=command.target, why=command.why)
