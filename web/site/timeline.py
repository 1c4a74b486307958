"""A story drawn in time: numbered days on an axis, and the clock under it. The table says the same."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby

from api.shown.clock import IntervalOut
from api.shown.fork import FutureLineOut
from domain.calendar import civil

LEFT, RIGHT = 30, 970
AXIS, LANE, RADIUS = 190, 42, 17
LANES = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Day:
    """A day on which something happens: its number in the table, where it is drawn, what happens."""

    number: int
    on: date
    x: float
    y: int
    lines: tuple[FutureLineOut, ...]

    @property
    def imagined(self) -> bool:
        """Whether all of it is still to come."""
        return all(line.basis == "imagined" for line in self.lines)


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """An interval of the clock, drawn under the axis."""

    x: float
    width: float
    running: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Timeline:
    """What is drawn. `now` is where the present stands, None in a story that is told from outside it."""

    days: tuple[Day, ...]
    spans: tuple[Span, ...]
    now: float | None
    first: date
    last: date
    axis: int = AXIS
    radius: int = RADIUS

    @property
    def top(self) -> int:
        """Where the drawing begins: above its highest day."""
        return min((day.y for day in self.days), default=AXIS) - 2 * RADIUS


def timeline(
    lines: Sequence[FutureLineOut],
    ledger: Sequence[IntervalOut],
    *,
    now: datetime | None = None,
    until: date = date.max,
) -> Timeline:
    """The story on an axis: from its first day to the last that it reaches, `until` at most; `lines` or a `now`."""
    days = [(on, tuple(each)) for on, each in groupby(sorted(lines, key=_on), key=_on)]
    present = [] if now is None else [civil(now)]
    first = min([on for on, _ in days] or present)
    # An empty tail tells nothing: the axis ends a little after the last thing that happens.
    end = max([*present, *(on for on, _ in days), *_ends(ledger)])
    last = max(min(until, end), first)
    scale = _Scale(first, last)
    return Timeline(
        days=tuple(_placed(days, scale)),
        spans=tuple(_span(one, scale) for one in ledger),
        now=None if now is None else scale.at(now),
        first=first,
        last=last,
    )


@dataclass(frozen=True, slots=True)
class _Scale:
    first: date
    last: date

    def at(self, day: date | datetime) -> float:
        on = civil(day) if isinstance(day, datetime) else day
        whole = max((self.last - self.first).days, 1)
        share = min(max((on - self.first).days / whole, 0), 1)
        return round(LEFT + share * (RIGHT - LEFT), 1)


def _placed(days: Sequence[tuple[date, tuple[FutureLineOut, ...]]], scale: _Scale) -> list[Day]:
    """Each day in the lowest lane where it covers no other."""
    reach = [float("-inf")] * LANES
    placed = []
    for number, (on, lines) in enumerate(days, start=1):
        x = scale.at(on)
        lane = next((each for each in range(LANES) if x - reach[each] > 2 * RADIUS + 4), LANES - 1)
        reach[lane] = x
        placed.append(Day(number=number, on=on, x=x, y=AXIS - 28 - lane * LANE, lines=lines))
    return placed


def _span(one: IntervalOut, scale: _Scale) -> Span:
    start, end = scale.at(one.start), scale.at(one.end or scale.last)
    return Span(x=start, width=max(round(end - start, 1), 2), running=one.running and one.counts)


def _on(line: FutureLineOut) -> date:
    return line.on


def _ends(ledger: Sequence[IntervalOut]) -> list[date]:
    return [one.end or one.start for one in ledger]
