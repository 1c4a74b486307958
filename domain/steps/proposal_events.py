"""What happens to a proposal: sent, received, answered, or left without an answer."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Annotated, Any, ClassVar, Literal

from domain.channels import WAYS
from domain.dossier import Dossier
from domain.effect import Effect, email, letter, notice, tell
from domain.event import THE_OFFICE, THE_PERSON, Event, Shows
from domain.plan import Plan
from domain.sentence import N_, Sentence
from domain.states import Answer, ProposalState

STEP = "proposal"
ANSWERS = {
    "accepted": N_("Réponse à la proposition : acceptée."),
    "changes": N_("Réponse à la proposition : à modifier."),
    "refused": N_("La proposition est refusée : la demande est réputée refusée."),
}
ANSWERED = tell("answer", "la personne a répondu à la proposition.", STEP)
DEEMED_REFUSAL = (
    letter("deemed_refusal", N_("Demande réputée refusée"), STEP),
    email(
        "deemed_refusal",
        N_("Votre demande est close"),
        N_("Une lettre vous explique pourquoi votre demande est close."),
        STEP,
    ),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposed(Event):
    """A proposal was sent to the resident; `final` after changes were asked."""

    who: ClassVar[str] = THE_OFFICE
    follows: ClassVar[tuple[Effect, ...]] = (
        letter("proposal", N_("Proposition"), STEP),
        notice(
            "proposal",
            N_("Une lettre recommandée électronique vous attend"),
            N_(
                "Une proposition est à votre disposition. Vous l'aurez reçue le jour où vous l'ouvrirez ; non "
                "consultée sous {deemed_after}, elle est réputée reçue le jour de cet envoi (CRPA R112-17 à R112-20)."
            ),
        ),
    )
    content: Mapping[str, Any]
    final: bool = False
    used: Mapping[str, str] = field(default_factory=dict)
    kind: Literal["proposed"] = "proposed"

    def upon(self, dossier: Dossier) -> Dossier:
        """It waits to be received."""
        sent = ProposalState(seq=dossier.seq, sent=self.effective, content=self.content, final=self.final)
        return replace(dossier, proposal=sent)

    def in_french(self, plan: Plan) -> Sentence:
        """Whether it may still change."""
        del plan
        return (
            Sentence("Une proposition définitive est faite.") if self.final else Sentence("Une proposition est faite.")
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposalReceived(Event):
    """The resident received the proposal: their time to answer runs from here."""

    who: ClassVar[str] = THE_PERSON
    target: int
    kind: Literal["proposal_received"] = "proposal_received"

    def upon(self, dossier: Dossier) -> Dossier:
        """The time to answer runs; `recorded` is when a reception that was only deemed could be known."""
        if dossier.proposal is None:
            return dossier
        told = dossier.notice_of(self.target)
        recorded = told.deemed if told is not None else None
        return replace(dossier, proposal=replace(dossier.proposal, received=self.effective, recorded=recorded))

    def in_french(self, plan: Plan) -> Sentence:
        """By which way."""
        del plan
        if self.channel is None:
            return Sentence("La proposition est reçue : le temps pour répondre court.")
        how = WAYS[self.channel].how
        return Sentence("La proposition est reçue {how} : le temps pour répondre court.", how=how)


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposalAnswered(Event):
    """The resident accepted, asked for changes or refused."""

    who: ClassVar[str] = THE_PERSON
    follows: ClassVar[tuple[Effect, ...]] = (*DEEMED_REFUSAL, ANSWERED)
    answer: Answer
    text: Annotated[str, Shows(N_("Changements demandés"))] = ""
    kind: Literal["proposal_answered"] = "proposal_answered"

    def upon(self, dossier: Dossier) -> Dossier:
        """What came back."""
        if dossier.proposal is None:
            return dossier
        return replace(dossier, proposal=replace(dossier.proposal, answer=self.answer, answered=self.effective))

    def in_french(self, plan: Plan) -> Sentence:
        """What it says."""
        del plan
        return Sentence(ANSWERS[self.answer])

    def following(self, after: Dossier) -> tuple[Effect, ...]:
        """A refusal closes the request; agents go on with the rest."""
        del after
        return DEEMED_REFUSAL if self.answer == "refused" else (ANSWERED,)


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposalSilent(Event):
    """The resident did not answer in time; the text says what that means."""

    follows: ClassVar[tuple[Effect, ...]] = DEEMED_REFUSAL
    ends_its_day: ClassVar[bool] = True
    kind: Literal["proposal_silent"] = "proposal_silent"

    def upon(self, dossier: Dossier) -> Dossier:
        """Answered by silence."""
        if dossier.proposal is None:
            return dossier
        return replace(dossier, proposal=replace(dossier.proposal, silent=True, answered=self.effective))

    def in_french(self, plan: Plan) -> Sentence:
        """What it means."""
        del plan
        return Sentence("Faute de réponse à la proposition dans le délai, la demande est réputée refusée.")
