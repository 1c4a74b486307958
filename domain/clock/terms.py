"""The words of the legal clock: what feeds it and what it answers (docs/clock.md)."""

from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from domain.calendar import Delay

Start = Literal["filed", "complete", "acknowledged", "competent"]
Silence = Literal["acceptance", "rejection", "provisional", "none"]
FactKind = Literal[
    "filed",
    "received_by_competent",
    "complete",
    "acknowledged",
    "pieces_requested",
    "pieces_provided",
    "extended",
    "suspended",
    "resumed",
]


@dataclass(frozen=True, slots=True)
class Clock:
    """What the texts say of a delay: how long, from when, what stops it, what silence does.

    `stopped_by` is read by the kernel, not by `reckon`. `reference` are the articles behind the
    delay; `whose` tells an administration's delay (never moved) from a resident's (moved to the
    next working day when it ends on a day off).
    """

    delay: Delay
    start: Start
    stopped_by: Literal["decision", "notification"] = "decision"
    silence: Silence = field(kw_only=True)
    reference: tuple[str, ...] = ()
    confidence: str = ""
    whose: Literal["administration", "resident"] = "administration"


@dataclass(frozen=True, slots=True)
class Fact:
    """Something that happened on a civil day, in Europe/Paris.

    `until` ends the time given by a request for pieces; `by` is the length of an extension.
    """

    on: date
    kind: FactKind
    until: date | None = None
    by: Delay | None = None


@dataclass(frozen=True, slots=True)
class Interval:
    """Civil days from `start` to `end` (excluded; None when open) and what the clock did then.

    `cause` is the index, among the facts as given, of the one that opened the interval;
    `article` the text under which it did.
    """

    start: date
    end: date | None
    running: bool
    counts: bool
    cause: int
    article: str


@dataclass(frozen=True, slots=True)
class Reckoning:
    """The outcome: `expires` is the last day of the delay, `born` the date of what silence decides at its end.

    They are the same day (CE 03/12/2018, 417292): an act before midnight is still in time.

    All three dates are None while the clock has not started; `expires` and `born` also while it
    is stopped for an unknown time. `born` is None where silence decides nothing.
    """

    started: date | None
    expires: date | None
    born: date | None
    ledger: tuple[Interval, ...]


class BadHistory(ValueError):
    """Facts that cannot have happened, or not in that order; `message_fr` is one sentence naming `field`."""

    def __init__(self, field: str, sentence: str) -> None:
        self.field = field
        self.sentence = sentence
        self.message_fr = f"Champ « {field} » : {sentence}"
        super().__init__(self.message_fr)
