"""A kind of step that the product does not have: a visit on the spot, which is deemed made after its days."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Annotated, ClassVar, Literal, Self

from domain.act_fields import Says
from domain.actors import AGENTS, ActorKind
from domain.calendar import Delay, Instant, civil, midnight
from domain.command import Command
from domain.dossier import Dossier
from domain.due import Coming, Due
from domain.effect import Effect, Reminder, Reminding, email, letter, reminding, tell
from domain.event import THE_OFFICE, Event, Events
from domain.plan import Plan
from domain.refusals import not_now
from domain.sentence import Sentence
from domain.step import StepBase

STEP = "on_the_spot"
SOON = reminding(tell("visit", "la visite doit avoir lieu dans {delay}.", STEP), before=Delay(days=4))
DEEMED = Coming(
    kind="visit_deemed", step=STEP, rank=27, announced="Sans visite, elle sera réputée faite", label="visite"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Visited(Event):
    """Somebody came, or is deemed to have."""

    who: ClassVar[str] = THE_OFFICE
    follows: ClassVar[tuple[Effect, ...]] = (
        letter("visit", "Compte rendu de visite", STEP),
        email("visit", "Une visite a eu lieu", "Son compte rendu vous attend.", STEP),
    )
    place: str
    kind: Literal["visited"] = "visited"

    def upon(self, dossier: Dossier) -> Dossier:
        """What was seen."""
        return replace(dossier, findings={**dossier.findings, "visited": self.place})

    def in_french(self, plan: Plan) -> Sentence:
        """Where."""
        del plan
        return Sentence("Une visite a lieu : {place}.", place=self.place)


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit(Command):
    """Say that somebody came."""

    by = AGENTS
    label = "Enregistrer la visite"

    place: Annotated[str, Says("Où")]
    kind: Literal["visit"] = "visit"

    @classmethod
    def probe(cls, dossier: Dossier, by: ActorKind) -> Self:
        """Anywhere."""
        del dossier, by
        return cls(place=".")


@dataclass(frozen=True, slots=True, kw_only=True)
class OnTheSpot(StepBase):
    """Within so many days of the complete file."""

    kind: Literal["on_the_spot"] = "on_the_spot"
    within: Delay
    place: str = "à domicile"
    decides: ClassVar[tuple[type[Command], ...]] = (Visit,)
    label: ClassVar[str] = "Visite"
    reminders: ClassVar[tuple[Reminding, ...]] = (SOON,)
    comes: ClassVar[tuple[Coming, ...]] = (DEEMED,)

    def done(self, dossier: Dossier) -> bool:
        """Once made."""
        return "visited" in dossier.findings

    def decide(self, dossier: Dossier, command: Command, at: Instant) -> Events:
        """Once."""
        if not isinstance(command, Visit):
            raise TypeError(command)
        if self.done(dossier):
            raise not_now("La visite est déjà faite.")
        return (Visited(effective=at, place=command.place),)

    def reminded(self, dossier: Dossier) -> Iterator[Reminder]:
        """Agents, before it is late."""
        if dossier.complete is not None and not self.done(dossier):
            yield SOON.of(self.within.last_day(civil(dossier.complete)), 1)

    def dues(self, dossier: Dossier) -> tuple[Due, ...]:
        """Deemed made, the day after."""
        if dossier.complete is None or self.done(dossier):
            return ()
        at = midnight(self.within.last_day(civil(dossier.complete)) + timedelta(days=1))
        return (Due(what=DEEMED, at=at, events=(Visited(effective=at, place=self.place),), article="essai"),)
