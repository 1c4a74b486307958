"""A kind of step that the product does not have: a visit on the spot, which is deemed made after its days."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING, ClassVar, Literal

from domain.calendar import Delay, civil, midnight
from domain.due import Coming, Due
from domain.effect import Effect, Reminder, Reminding, email, letter, reminding, tell
from domain.happened import THE_OFFICE, Happened
from domain.steps.base import StepBase
from domain.worded import Sentence

if TYPE_CHECKING:
    from domain.dossier import Dossier
    from domain.plan import Plan

STEP = "on_the_spot"
SOON = reminding(tell("visit", "la visite doit avoir lieu dans {delay}.", STEP), before=Delay(days=4))
DEEMED = Coming(
    kind="visit_deemed", step=STEP, rank=27, announced="Sans visite, elle sera réputée faite", label="visite"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Visited(Happened):
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
class OnTheSpot(StepBase):
    """Within so many days of the complete file."""

    kind: Literal["on_the_spot"] = "on_the_spot"
    within: Delay
    place: str = "à domicile"
    label: ClassVar[str] = "Visite"
    reminders: ClassVar[tuple[Reminding, ...]] = (SOON,)
    comes: ClassVar[tuple[Coming, ...]] = (DEEMED,)

    def done(self, dossier: Dossier) -> bool:
        """Once made."""
        return "visited" in dossier.findings

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
