"""An act of the person that the product does not have: they ask for more time. This file, and one line."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, ClassVar, Literal

from domain.act_fields import LONG, Says
from domain.actors import PERSONS
from domain.calendar import Instant
from domain.command import Command
from domain.effect import Effect, tell
from domain.event import THE_PERSON, Event, Events, Shows
from domain.sentence import N_, Sentence

if TYPE_CHECKING:
    from domain.dossier import Dossier
    from domain.plan import Plan

WHY = Says(N_("Pourquoi"), missing=N_("Dites-le."))


@dataclass(frozen=True, slots=True, kw_only=True)
class AskForTime(Command):
    """Ask for more time, and say why."""

    by = PERSONS
    label = N_("Demander du temps")

    need: Annotated[
        Literal["weeks", "months"],
        Says(N_("Combien de temps"), choices={"weeks": N_("Des semaines"), "months": N_("Des mois")}),
    ] = "weeks"
    text: Annotated[
        str,
        Says(N_("Ce que dit la personne"), most=LONG, needed=True, yours=Says(N_("Pourquoi"), missing=N_("Dites-le."))),
    ] = ""
    kind: Literal["ask_for_time"] = "ask_for_time"

    def happens(self, dossier: Dossier, at: Instant) -> Events:
        """Whatever the procedure."""
        del dossier
        return (TimeAsked(effective=at, need=self.need, text=self.text),)


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeAsked(Event):
    """They asked."""

    who: ClassVar[str] = THE_PERSON
    follows: ClassVar[tuple[Effect, ...]] = (tell("time_asked", "la personne demande du temps."),)
    need: Literal["weeks", "months"]
    text: Annotated[str, Shows(N_("Ce que dit la personne"))]
    kind: Literal["time_asked"] = "time_asked"

    def upon(self, dossier: Dossier) -> Dossier:
        """It changes nothing."""
        return dossier

    def in_french(self, plan: Plan) -> Sentence:
        """That they did."""
        del plan
        return Sentence("La personne demande du temps.")
