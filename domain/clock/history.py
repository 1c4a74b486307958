"""Reads the facts of a clock in their order: its start, what stops it, what extends it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date

from domain.calendar import Delay
from domain.clock.terms import BadHistory, Clock, Fact, FactKind
from domain.effects_of_silence import SILENCES

PIECES_STOP = "CRPA L114-5 al. 3"
PIECES_ANNUL = "CRPA L114-5 al. 2"
ORIGINALS = "CRPA R113-6"

_STARTS: dict[str, FactKind] = {
    "filed": "filed",
    "competent": "received_by_competent",
    "acknowledged": "acknowledged",
    "complete": "complete",
}


@dataclass(frozen=True, slots=True)
class Departure:
    """The day a full delay starts, and the fact that starts it."""

    on: date
    cause: int


@dataclass(frozen=True, slots=True)
class Stop:
    """Days on which nothing runs, from `start` to `end` excluded (None: nobody knows yet).

    `cause` opened it and `closer` ended it; they are the same fact when the time given ran out.
    """

    start: date
    end: date | None
    cause: int
    closer: int
    article: str


@dataclass(frozen=True, slots=True)
class Extension:
    """A decision that lengthens the delay by `by`."""

    on: date
    cause: int
    by: Delay


@dataclass(slots=True)
class History:
    """Facts sorted by what they do to a clock; each list is in the order of the facts."""

    departure: Departure | None = None
    stops: list[Stop] = field(default_factory=list)
    annulments: list[Stop] = field(default_factory=list)
    extensions: list[Extension] = field(default_factory=list)
    answers: list[tuple[Departure, date | None]] = field(default_factory=list)
    """Each time the last missing piece arrived, with the day of the next request, if any."""


def annuls(clock: Clock) -> bool:
    """Whether a request for pieces annuls the delay (L114-5 al. 2) or stops it (al. 3)."""
    return SILENCES[clock.silence].annuls


def read(clock: Clock, facts: Sequence[Fact]) -> History:
    """Apply the facts by date, then in the order given. Raises BadHistory."""
    reading = _Reading(clock)
    for index in sorted(range(len(facts)), key=lambda index: facts[index].on):
        reading.apply(index, facts[index])
    return reading.done()


class _Reading:
    """The facts read so far: requests still open, a suspension still open."""

    def __init__(self, clock: Clock) -> None:
        self.history = History()
        self.starts_on = _STARTS[clock.start]
        self.annuls = annuls(clock)
        self.filed = False
        self.requests: list[tuple[int, Fact]] = []
        self.annulled_by: tuple[int, Fact] | None = None
        self.suspended: tuple[int, Fact] | None = None
        self.takes: dict[FactKind, Callable[[int, Fact], None]] = {
            "filed": self._filed,
            "pieces_requested": self._requested,
            "pieces_provided": self._provided,
            "extended": self._extended,
            "suspended": self._suspended,
            "resumed": self._resumed,
        }

    def apply(self, index: int, fact: Fact) -> None:
        """Take one fact into account."""
        kind = fact.kind
        if not self.filed and kind != "filed":
            raise _bad(index, "on", "cet événement précède le dépôt (« filed »).")
        taken = self.takes.get(kind)
        if taken is not None:
            taken(index, fact)
        if kind == self.starts_on and self.history.departure is None:
            self.history.departure = Departure(fact.on, index)
            if kind == "complete":
                # A complete file lacks nothing: what was asked before has arrived.
                self.annulled_by = None

    def _filed(self, index: int, _fact: Fact) -> None:
        if self.filed:
            raise _bad(index, "kind", "la demande ne peut être déposée (« filed ») qu'une fois.")
        self.filed = True

    def _requested(self, index: int, fact: Fact) -> None:
        if fact.until is None:
            raise _bad(index, "until", "une demande de pièces dit jusqu'à quand les fournir.")
        if fact.until < fact.on:
            raise _bad(index, "until", "le délai donné finit avant la demande de pièces.")
        self.requests.append((index, fact))
        if self.annuls and self.annulled_by is None:
            self.annulled_by = (index, fact)
        if self.history.answers and self.history.answers[-1][1] is None:
            self.history.answers[-1] = (self.history.answers[-1][0], fact.on)

    def _provided(self, index: int, fact: Fact) -> None:
        if not self.requests:
            raise _bad(index, "kind", "des pièces sont fournies sans demande en cours.")
        self._close_requests(index, fact.on)
        self.history.answers.append((Departure(fact.on, index), None))

    def _close_requests(self, closer: int | None, on: date | None) -> None:
        if not self.annuls:
            self.history.stops += (_stop(at, fact, closer, on) for at, fact in self.requests)
        elif self.annulled_by is not None:
            at, fact = self.annulled_by
            cause = at if closer is None else closer
            self.history.annulments.append(Stop(fact.on, on, at, cause, PIECES_ANNUL))
        self.requests, self.annulled_by = [], None

    def _extended(self, index: int, fact: Fact) -> None:
        if fact.by is None:
            raise _bad(index, "by", "une prolongation (« extended ») dit de combien.")
        self.history.extensions.append(Extension(fact.on, index, fact.by))

    def _suspended(self, index: int, fact: Fact) -> None:
        self.suspended = self.suspended or (index, fact)

    def _resumed(self, index: int, fact: Fact) -> None:
        if self.suspended is None:
            raise _bad(index, "kind", "la procédure reprend sans avoir été suspendue.")
        at, since = self.suspended
        self.history.stops.append(Stop(since.on, fact.on, at, index, ORIGINALS))
        self.suspended = None

    def done(self) -> History:
        """The history, what is still open included."""
        if not self.filed:
            raise BadHistory("events", "il manque le dépôt (« filed »).")
        self._close_requests(None, None)
        if self.suspended is not None:
            at, since = self.suspended
            self.history.stops.append(Stop(since.on, None, at, at, ORIGINALS))
        self.history.stops.sort(key=lambda stop: (stop.start, stop.cause))
        return self.history


def _stop(at: int, request: Fact, closer: int | None, provided: date | None) -> Stop:
    until = request.until
    if closer is None or provided is None or (until is not None and until < provided):
        return Stop(request.on, until, at, at, PIECES_STOP)
    return Stop(request.on, provided, at, closer, PIECES_STOP)


def _bad(index: int, name: str, sentence: str) -> BadHistory:
    return BadHistory(f"events[{index}].{name}", sentence)
