"""What lengthens a delay by an act: a prolongation that a text allows, a suspension until an original is seen."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, ClassVar, Literal

from domain.calendar import Delay
from domain.dated import with_fact
from domain.happened import THE_OFFICE, Happened
from domain.worded import Sentence, Verbatim

if TYPE_CHECKING:
    from domain.dossier import Dossier
    from domain.plan import Plan


@dataclass(frozen=True, slots=True, kw_only=True)
class Extended(Happened):
    """The delay was prolonged, with reasons, where a text allows it."""

    who: ClassVar[str] = THE_OFFICE
    by: Delay
    reasons: str
    kind: Literal["extended"] = "extended"

    def upon(self, dossier: Dossier) -> Dossier:
        """A longer delay."""
        return replace(dossier, facts=with_fact(dossier, self, "extended", by=self.by))

    def in_french(self, plan: Plan) -> Sentence:
        """By how much, and why."""
        del plan
        delay, reasons = self.by.in_words(), Verbatim(self.reasons)
        return Sentence("Le délai est prolongé de {delay} : {reasons}", delay=delay, reasons=reasons)


@dataclass(frozen=True, slots=True, kw_only=True)
class Suspended(Happened):
    """The procedure was suspended until an original is produced (CRPA R113-6)."""

    who: ClassVar[str] = THE_OFFICE
    reasons: str
    kind: Literal["suspended"] = "suspended"

    def upon(self, dossier: Dossier) -> Dossier:
        """The delay is stopped."""
        return replace(dossier, suspended=True, facts=with_fact(dossier, self, "suspended"))

    def in_french(self, plan: Plan) -> Sentence:
        """Why."""
        del plan
        return Sentence("La procédure est suspendue : {reasons}", reasons=Verbatim(self.reasons))


@dataclass(frozen=True, slots=True, kw_only=True)
class Resumed(Happened):
    """The suspended procedure resumed."""

    who: ClassVar[str] = THE_OFFICE
    kind: Literal["resumed"] = "resumed"

    def upon(self, dossier: Dossier) -> Dossier:
        """The delay runs again."""
        return replace(dossier, suspended=False, facts=with_fact(dossier, self, "resumed"))

    def in_french(self, plan: Plan) -> Sentence:
        """That it goes on."""
        del plan
        return Sentence("La procédure reprend.")
