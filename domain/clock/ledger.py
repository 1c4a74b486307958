"""Runs a delay from its departure through what stops and extends it, and writes the ledger."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from domain.calendar import A_DAY, Delay, Unit, next_working_day
from domain.clock.history import PIECES_ANNUL, Departure, Extension, Stop
from domain.clock.terms import Clock, Interval


@dataclass(slots=True)
class Run:
    """One full delay, from `departure`: what stopped it, what extended it, when it ends.

    `expires` is None while a stop has no known end.
    """

    departure: Departure
    expires: date | None = None
    moves: list[Stop | Extension] = field(default_factory=list)


def run(clock: Clock, departure: Departure, stops: Sequence[Stop], extensions: Sequence[Extension]) -> Run:
    """Follow the delay in the order of days; what comes after its end moves nothing."""
    outcome = Run(departure)
    longer: list[Delay] = []
    stopped = 0
    last = due = _due(clock.delay, longer, departure.on)
    reach = departure.on
    for move in _in_order(stops, extensions):
        if isinstance(move, Extension):
            if move.on > departure.on and move.on > _final(clock, last):
                continue
            longer.append(move.by)
            due = _due(clock.delay, longer, departure.on)
            outcome.moves.append(move)
        else:
            start = max(move.start, reach)
            if start > last or (move.end is not None and move.end <= start):
                continue
            outcome.moves.append(move)
            if move.end is None:
                return outcome
            stopped += (move.end - start).days
            reach = move.end
        last = due + timedelta(days=stopped)
    outcome.expires = _final(clock, last)
    return outcome


def _in_order(stops: Sequence[Stop], extensions: Sequence[Extension]) -> Sequence[Stop | Extension]:
    if not extensions:
        return stops
    if not stops:
        return extensions
    dated = [(stop.start, stop.cause, stop) for stop in stops]
    return [move for *_, move in sorted(dated + [(e.on, e.cause, e) for e in extensions])]


def _due(delay: Delay, longer: Sequence[Delay], start: date) -> date:
    """The last day without its stops: same units add up before the month's end is clamped."""
    if not longer:
        return delay.last_day(start)
    totals: dict[Unit, int] = {}
    for part in (delay, *longer):
        totals[part.unit] = totals.get(part.unit, 0) + part.count
    for unit, count in totals.items():
        start = Delay.of(unit, count).last_day(start)
    return start + A_DAY if delay.franc or any(part.franc for part in longer) else start


def _final(clock: Clock, last: date) -> date:
    return next_working_day(last) if clock.whose == "resident" else last


def intervals(outcome: Run, article: str, annulled_on: date | None = None) -> list[Interval]:
    """The ledger of one run, to the day after it expires or to the day it was annulled.

    `article` is the one under which it was opened; an extension splits the running interval. A stop of an annulled
    delay names the text that annuls besides its own: the ledger alone must say that its days move nothing.
    """
    counts = annulled_on is None
    end = annulled_on or (outcome.expires and outcome.expires + A_DAY)
    written: list[Interval] = []
    since, cause = outcome.departure.on, outcome.departure.cause
    for move in outcome.moves:
        begins = move.on if isinstance(move, Extension) else max(move.start, since)
        if end is not None and begins >= end:
            break
        if begins > since:
            written.append(Interval(since, begins, True, counts, cause, article))
            since = begins
            if isinstance(move, Extension):
                cause = move.cause
        if isinstance(move, Stop):
            until = move.end if end is None or (move.end and move.end < end) else end
            under = move.article if counts else f"{move.article}, {PIECES_ANNUL}"
            written.append(Interval(begins, until, False, False, move.cause, under))
            if until is None or until == end:
                return written
            since, cause, article = until, move.closer, move.article
    if end is None or since < end:
        written.append(Interval(since, end, True, counts, cause, article))
    return written
