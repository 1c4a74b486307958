"""What silence will decide of the open dossiers by a day, from what stands in clear of their clocks. Pure.

No key is opened: what a dossier says inside (its pieces, its proposal, an act to come) is not known here.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal
from uuid import UUID

from domain.calendar import Instant, end_of, ended_by
from domain.effects_of_silence import SILENCES
from domain.sentence import N_

Foreseen = Literal["acceptance", "rejection", "provisional", "deemed_refused"]

FORESEEN: Mapping[str, tuple[str, str]] = {
    **{effect: (said.one, said.many) for effect, said in SILENCES.items() if said.many},
    "deemed_refused": ("réputée refusée", N_("réputées refusées, faute de réponse à la proposition")),
}
"""What becomes of a request, and of several."""
UNDERWAY = frozenset({"filed", "incomplete", "examining"})
BETWEEN = frozenset({"decided", "proposed"})
"""A letter is on its way: what silence decides depends on when it reaches the person."""

UNSEEN = (
    "Ce qui sera fait d'ici là : une décision, une pièce, une demande de pièces, un retrait changent la suite.",
    "Les demandes qui seront déposées d'ici là.",
    "Ce qui suivra le premier effet du silence d'un dossier (une décision expresse, une réponse tardive).",
    "Quand une décision ou une proposition en route sera reçue : ces dossiers sont comptés à part, sans effet annoncé.",
    "Le contenu des dossiers : aucune clé n'est ouverte, seules les horloges sont lues.",
)
"""What a forecast cannot see, and says so."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Running:
    """An open dossier's clock as it stands in clear. `silence` is its plan's effect, `expires` its last day."""

    dossier: UUID
    reference: str
    procedure: str
    status: str
    silence: str
    expires: date | None
    due_at: Instant | None
    due_kind: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Decided:
    """What silence will have made of one dossier, and when (UTC)."""

    dossier: UUID
    reference: str
    effect: Foreseen
    at: Instant

    @property
    def dated(self) -> date:
        """The date of what it decides."""
        return ended_by(self.at)


@dataclass(frozen=True, slots=True, kw_only=True)
class Forecast:
    """One procedure's open dossiers between now and a day.

    `decided`: earliest first. `passed`: what was due before now and is about to be written. `undetermined`: those where
    a letter on its way will first be opened, or deemed given.
    """

    decided: tuple[Decided, ...] = ()
    passed: int = 0
    undetermined: int = 0

    @property
    def counts(self) -> Mapping[str, int]:
        """How many dossiers each effect will reach."""
        return Counter(one.effect for one in self.decided)


def forecast(clocks: Iterable[Running], now: Instant, on: Instant) -> Forecast:
    """What silence will decide after `now` and up to `on`, both in UTC, if nobody acts."""
    decided: list[Decided] = []
    passed = undetermined = 0
    for clock in clocks:
        found = foreseen(clock)
        if found is not None and found.at <= now:
            passed += 1
        elif found is not None and found.at <= on:
            decided.append(found)
        elif undetermined_by(clock, on):
            undetermined += 1
    decided.sort(key=lambda one: (one.at, one.reference))
    return Forecast(decided=tuple(decided), passed=passed, undetermined=undetermined)


def foreseen(clock: Running) -> Decided | None:
    """What silence decides first of that dossier if nobody acts; None when nothing, or when it cannot be told."""
    if clock.due_at is None:
        return None
    if clock.due_kind == "proposal_silence":
        return _decided(clock, "deemed_refused", clock.due_at)
    effect = _effect(clock.silence)
    if effect is None:
        return None
    if clock.due_kind == "silence":
        return _decided(clock, effect, clock.due_at)
    # Another due comes before (the time given for pieces ends): it moves no clock, and silence follows on its day.
    if clock.status in UNDERWAY and clock.due_kind != "notice_deemed" and clock.expires is not None:
        return _decided(clock, effect, end_of(clock.expires))
    return None


def undetermined_by(clock: Running, on: Instant) -> bool:
    """Whether something is due by `on`, after which silence may or may not decide."""
    if clock.due_at is None or clock.due_at > on or foreseen(clock) is not None:
        return False
    return clock.due_kind == "notice_deemed" or clock.status in BETWEEN


def _decided(clock: Running, effect: Foreseen, at: Instant) -> Decided:
    return Decided(dossier=clock.dossier, reference=clock.reference, effect=effect, at=at)


def _effect(silence: str) -> Foreseen | None:
    match silence:
        case "acceptance" | "rejection" | "provisional":
            return silence
    return None
