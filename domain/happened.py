"""What every event and every command says of itself, and what an event that belongs to one step must know to do."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from domain.calendar import Instant

if TYPE_CHECKING:
    from domain.dossier import Dossier
    from domain.plan import Plan
    from domain.worded import Sentence

Channel = Literal["online", "assisted", "system", "paper", "counter", "registered_mail", "hand", "electronic"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What every command may say of itself."""

    effective: Instant | None = None
    channel: Channel | None = None
    evidence: str = ""
    confirmed: bool = False
    """An `effective` older than a year was looked at twice."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Happened:
    """What every event says of itself."""

    effective: Instant
    article: str = ""
    channel: Channel | None = None
    evidence: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class OfStep(Happened):
    """An event told beside its step: what it makes of a dossier, and how a citizen is told."""

    def upon(self, dossier: Dossier) -> Dossier:
        """The dossier after this event, its `seq` being the event's own. Total: it never refuses and never fails."""
        raise NotImplementedError

    def in_french(self, plan: Plan) -> Sentence:
        """One sentence, without names of people and without the article."""
        raise NotImplementedError
