"""The clock told day by day, as a clerk with a calendar would: slow, and owing nothing to `domain/clock/reckoning.py`.

Each morning what the day brings is read; each evening a day that did not run is added to the end of the delay.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from domain.calendar import Delay, Unit, next_working_day
from domain.clock.terms import Clock, Fact

STARTS = {
    "filed": "filed",
    "competent": "received_by_competent",
    "acknowledged": "acknowledged",
    "complete": "complete",
}
HORIZON = timedelta(days=365 * 40)
A_DAY = timedelta(days=1)


@dataclass
class Clerk:
    """What the clerk remembers on a given day."""

    clock: Clock
    without_complete: bool
    departure: date | None = None
    started: date | None = None
    waiting: bool = False
    stopped: int = 0
    stopped_days: list[date] = field(default_factory=list)
    requests: list[Fact] = field(default_factory=list)
    asked_since_complete: bool = False
    suspended: bool = False
    granted: list[Delay] = field(default_factory=list)

    @property
    def annuls(self) -> bool:
        return self.clock.silence in {"acceptance", "provisional"}

    def raw(self) -> date | None:
        """The last day as known this morning, before any report to a working day."""
        if self.departure is None:
            return None
        totals: dict[Unit, int] = {}
        for part in (self.clock.delay, *self.granted):
            totals[part.unit] = totals.get(part.unit, 0) + part.count
        day = self.departure
        for unit, count in totals.items():
            day = Delay.of(unit, count).last_day(day)
        franc = any(part.franc for part in (self.clock.delay, *self.granted))
        return day + timedelta(days=self.stopped + franc)

    def last(self) -> date | None:
        raw = self.raw()
        return raw and (next_working_day(raw) if self.clock.whose == "resident" else raw)

    def morning(self, today: date, fact: Fact) -> None:
        over = (raw := self.raw()) is not None and raw < today
        match fact.kind:
            case "pieces_requested" if not over or self.annuls:
                self.asked(fact)
            case "pieces_provided":
                self.provided(today)
            case "extended" if fact.by:
                self.granted.append(fact.by)
            case "suspended" if not over:
                self.suspended = True
            case "resumed":
                self.suspended = False
            case _:
                pass
        if fact.kind == STARTS[self.clock.start] and self.started is None:
            self.leave(today)
            self.started = today
            if fact.kind != "complete" and self.annuls and self.requests:
                self.departure, self.waiting = None, True

    def asked(self, fact: Fact) -> None:
        self.requests.append(fact)
        if self.started is None:
            return
        if self.without_complete:
            self.started = self.departure = None
        elif self.annuls:
            self.departure, self.waiting = None, True

    def provided(self, today: date) -> None:
        self.requests = []
        if self.without_complete and self.started is None:
            self.leave(today)
            self.started = today
        elif self.waiting:
            self.leave(today)

    def leave(self, today: date) -> None:
        self.departure, self.waiting, self.stopped, self.stopped_days = today, False, 0, []

    def evening(self, today: date) -> None:
        asked = not self.annuls and any(request.until and today < request.until for request in self.requests)
        if self.departure is not None and (asked or self.suspended):
            self.stopped += 1
            self.stopped_days.append(today)


def told(clock: Clock, facts: Sequence[Fact]) -> tuple[Clerk, date | None]:
    """The clerk's memory on the last day, and that last day (None: no end in sight)."""
    without = clock.start == "complete" and not any(fact.kind == "complete" for fact in facts)
    clerk = Clerk(clock, without)
    coming = sorted(facts, key=lambda fact: fact.on)
    today, end = coming[0].on, coming[-1].on + HORIZON
    while today < end:
        last = clerk.last()
        if last is not None and last < today:
            return clerk, last
        while coming and coming[0].on == today:
            clerk.morning(today, coming.pop(0))
        if not coming and (clerk.suspended or clerk.departure is None):
            return clerk, None
        clerk.evening(today)
        today += A_DAY
    return clerk, None
