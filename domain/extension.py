"""What lengthens a delay by an act: a prolongation that a text allows, a suspension until an original is seen."""

from dataclasses import dataclass, replace
from typing import Annotated, ClassVar, Literal

from domain.act_fields import LONG, Says
from domain.actors import AGENTS
from domain.blank import is_blank
from domain.calendar import Delay, Instant
from domain.clock_facts import with_fact
from domain.command import Command
from domain.dossier import Dossier
from domain.event import THE_OFFICE, Event, Events
from domain.plan import Plan
from domain.refusals import Refused, not_now
from domain.sentence import N_, Sentence, Verbatim

ORIGINAL = "CRPA R113-6"


@dataclass(frozen=True, slots=True, kw_only=True)
class Extend(Command):
    """Prolong the delay, with reasons, where the plan's text allows it."""

    by = AGENTS
    label = N_("Prolonger le délai")
    signed = True

    reasons: Annotated[str, Says(N_("Motifs de la prolongation"), most=LONG)]
    kind: Literal["extend"] = "extend"


@dataclass(frozen=True, slots=True, kw_only=True)
class Suspend(Command):
    """Suspend until an original is produced (CRPA R113-6)."""

    by = AGENTS
    label = N_("Suspendre la procédure")
    signed = True

    reasons: Annotated[str, Says(N_("Original demandé, et motifs"), most=LONG)]
    kind: Literal["suspend"] = "suspend"

    def happens(self, dossier: Dossier, at: Instant) -> Events:
        """Once, while nobody has answered."""
        if dossier.suspended or dossier.decision is not None or dossier.silence is not None:
            raise not_now("La procédure ne peut pas être suspendue maintenant.", article=ORIGINAL)
        if is_blank(self.reasons):
            raise Refused("reasons_missing", "La suspension doit être motivée.", article=ORIGINAL)
        return (Suspended(effective=at, article=ORIGINAL, reasons=self.reasons),)


@dataclass(frozen=True, slots=True, kw_only=True)
class Resume(Command):
    """Resume a suspended procedure."""

    by = AGENTS
    label = N_("Reprendre la procédure")
    signed = True

    kind: Literal["resume"] = "resume"

    def happens(self, dossier: Dossier, at: Instant) -> Events:
        """Until a decision is signed."""
        if not dossier.suspended:
            raise not_now("La procédure n'est pas suspendue.")
        if dossier.decision is not None:
            raise not_now("La décision est signée : il n'y a plus rien à reprendre.", article=ORIGINAL)
        return (Resumed(effective=at, article=ORIGINAL),)


@dataclass(frozen=True, slots=True, kw_only=True)
class Extended(Event):
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
class Suspended(Event):
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
class Resumed(Event):
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
