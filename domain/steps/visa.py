"""Visas: as many levels of approval as the plan names, each by other eyes than those before."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Annotated, Any, ClassVar, Literal
from uuid import UUID

from domain.act_fields import LONG, Says
from domain.actors import AGENTS, ActorKind
from domain.blank import is_blank
from domain.calendar import Instant
from domain.command import Command
from domain.dossier import Dossier
from domain.effect import Effect, tell
from domain.event import THE_OFFICE, Event, Events, Shows
from domain.plan import Plan
from domain.refusals import Refused, not_now
from domain.sentence import N_, Sentence, Verbatim
from domain.states import VisaState
from domain.step import StepBase


@dataclass(frozen=True, slots=True, kw_only=True)
class GiveVisa(Command):
    """Approve the dossier at the next level: other eyes than those that examine it or approved it before."""

    by = AGENTS
    label = N_("Viser")
    ordered = True

    agent: UUID
    agent_name: str = ""
    kind: Literal["give_visa"] = "give_visa"

    @classmethod
    def fork_defaults(cls, dossier: Dossier, given: Mapping[str, Any], by: ActorKind, at: Instant) -> Mapping[str, Any]:
        """Never twice by the same person."""
        del given, by, at
        return {"agent": UUID(int=dossier.seq + 2)}


@dataclass(frozen=True, slots=True, kw_only=True)
class RefuseVisa(Command):
    """Send the dossier back to its examination, saying why; every level begins again."""

    by = AGENTS
    label = N_("Refuser un visa")

    agent: UUID
    reasons: Annotated[str, Says(N_("Motifs du refus de visa"), most=LONG)]
    kind: Literal["refuse_visa"] = "refuse_visa"

    @classmethod
    def fork_defaults(cls, dossier: Dossier, given: Mapping[str, Any], by: ActorKind, at: Instant) -> Mapping[str, Any]:
        """Never by who approved before."""
        del given, by, at
        return {"agent": UUID(int=dossier.seq + 2)}


@dataclass(frozen=True, slots=True, kw_only=True)
class VisaGiven(Event):
    """A level approved."""

    who: ClassVar[str] = THE_OFFICE
    follows: ClassVar[tuple[Effect, ...]] = (
        tell("visa", "un visa est donné ; le suivant, ou la décision, peut venir.", "visa"),
    )
    level: str
    agent: UUID
    agent_name: Annotated[str, Shows(N_("Visa donné par"), "agents")] = ""
    kind: Literal["visa_given"] = "visa_given"

    def upon(self, dossier: Dossier) -> Dossier:
        """One level more."""
        given = VisaState(seq=dossier.seq, level=self.level, agent=self.agent)
        return replace(dossier, visas=(*dossier.visas, given))

    def in_french(self, plan: Plan) -> Sentence:
        """Which level."""
        del plan
        return Sentence("Visa donné : {level}.", level=Verbatim(self.level))


@dataclass(frozen=True, slots=True, kw_only=True)
class VisaRefused(Event):
    """A level sent the dossier back."""

    who: ClassVar[str] = THE_OFFICE
    follows: ClassVar[tuple[Effect, ...]] = (
        tell("visa_refused", "un visa est refusé : le dossier revient à l'examen.", "visa"),
    )
    level: str
    agent: UUID
    reasons: Annotated[str, Shows(N_("Motifs du refus de visa"), "agents")]
    kind: Literal["visa_refused"] = "visa_refused"

    def upon(self, dossier: Dossier) -> Dossier:
        """No level stands any more."""
        return replace(dossier, visas=())

    def in_french(self, plan: Plan) -> Sentence:
        """Which level; the reasons are the service's own."""
        del plan
        return Sentence("Le dossier est renvoyé à l'examen : {level}.", level=Verbatim(self.level))


@dataclass(frozen=True, slots=True, kw_only=True)
class Visa(StepBase):
    """The `levels`, in their order. Who took the dossier gives none, and nobody gives two."""

    kind: Literal["visa"] = "visa"
    levels: tuple[str, ...] = ()
    decides: ClassVar[tuple[type[Command], ...]] = (GiveVisa, RefuseVisa)
    label: ClassVar[str] = "Visa"
    general_text: ClassVar[str] = "organisation interne du service"

    def done(self, dossier: Dossier) -> bool:
        """Once every level approved."""
        return len(dossier.visas) >= len(self.levels)

    def decide(self, dossier: Dossier, command: Command, at: Instant) -> Events:
        """Approve at the next level, or send back."""
        if not isinstance(command, GiveVisa | RefuseVisa):
            raise TypeError(command)
        if dossier.decision is not None:
            raise not_now("La décision est déjà signée.")
        if self.done(dossier):
            raise not_now("Tous les visas sont donnés.")
        level = self.levels[len(dossier.visas)]
        self._refuse_same_eyes(dossier, command.agent)
        if isinstance(command, GiveVisa):
            name = command.agent_name
            return (VisaGiven(effective=at, article=self.article, level=level, agent=command.agent, agent_name=name),)
        if is_blank(command.reasons):
            raise Refused("reasons_missing", "Un refus de visa dit pourquoi.", article=self.article)
        reasons = command.reasons
        return (VisaRefused(effective=at, article=self.article, level=level, agent=command.agent, reasons=reasons),)

    def _refuse_same_eyes(self, dossier: Dossier, agent: UUID) -> None:
        if agent == dossier.agent or any(visa.agent == agent for visa in dossier.visas):
            raise Refused(
                "four_eyes",
                "Ce visa doit être donné par une autre personne que celle qui instruit ou a déjà visé.",
                article=self.article,
                what_to_do="Transmettez le dossier à une autre personne de votre groupe.",
            )
