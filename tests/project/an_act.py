"""An act that the product does not have: an agent notes a call. This file, and one line that registers it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, ClassVar, Literal

from domain.act_fields import LONG, Says
from domain.actors import AGENTS
from domain.calendar import Instant
from domain.command import Command
from domain.dossier import Dossier
from domain.event import THE_OFFICE, Event, Events
from domain.plan import Plan
from domain.sentence import N_, Sentence


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteCall(Command):
    """Note a call with the person, and what was said."""

    by = AGENTS
    label = N_("Noter un appel")
    may_be_late = True

    reached: Annotated[
        Literal["yes", "no"], Says(N_("La personne a répondu"), choices={"yes": N_("Oui"), "no": N_("Non")})
    ] = "yes"
    text: Annotated[str, Says(N_("Ce qui s'est dit"), N_("Sans donnée de santé."), most=LONG)] = ""
    kind: Literal["note_call"] = "note_call"

    def happens(self, dossier: Dossier, at: Instant) -> Events:
        """Whatever the procedure."""
        del dossier
        return (CallNoted(effective=self.effective or at, reached=self.reached),)


@dataclass(frozen=True, slots=True, kw_only=True)
class CallNoted(Event):
    """There was a call."""

    who: ClassVar[str] = THE_OFFICE
    reached: Literal["yes", "no"]
    kind: Literal["call_noted"] = "call_noted"

    def upon(self, dossier: Dossier) -> Dossier:
        """It changes nothing."""
        return dossier

    def in_french(self, plan: Plan) -> Sentence:
        """That it was."""
        del plan
        return Sentence("Le service a appelé la personne.")
