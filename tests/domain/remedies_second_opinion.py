"""The second opinion on remedies: from the journal and the plan, by days counted one by one. It shares no code.

Neither `domain/remedies.py` nor what it stands on is called: events are read as they are, days are ordinals.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

COURTS = ("tribunal-administratif", "tribunal-judiciaire")
ALWAYS_OFF = {(1, 1), (5, 1), (5, 8), (7, 14), (8, 15), (11, 1), (11, 11), (12, 25)}
EASTER = {2026: (4, 5), 2027: (3, 28), 2028: (4, 16), 2029: (4, 1)}
"""Easter Sunday, as printed calendars give it."""


def opinion(plan: Any, events: Sequence[Any], today: date) -> dict[str, tuple[str, str | None]]:
    """Of each way: its state today, and the last day to take it."""
    ways = {way.kind: way for way in plan.appeals}
    told = [_express(events), _implied(events)]
    if all(each is None for each in told):
        return {}
    return {kind: _of(plan, ways, kind, events, today) for kind in ways}


def _of(plan: Any, ways: dict[str, Any], kind: str, events: Sequence[Any], today: date) -> tuple[str, str | None]:
    made = [_lodged(each, events) for each in events if each.kind == "appeal_lodged"]
    for of, _, answered in made:
        if of == kind:
            return ("pending" if answered is None else "over"), None
    if kind in COURTS and any(in_time and answered is None for _, in_time, answered in made):
        return "waits", None
    first = [way.kind for way in ways.values() if way.mandatory_first and way.kind != kind]
    if first and first[0] not in [of for of, *_ in made]:
        return "waits", None
    until = _until(plan, ways[kind], events, made)
    if until is None:
        return "open", None
    return ("over" if today.toordinal() > until else "open"), date.fromordinal(until).isoformat()


def _until(plan: Any, way: Any, events: Sequence[Any], made: list[tuple[str, bool, int | None]]) -> int | None:
    express, implied = _express(events), _implied(events)
    by_assembly = any(step.kind == "vote" for step in plan.steps)
    silent = None if implied is None or by_assembly else _last(way, implied, made)
    if express is None:
        return silent
    favourable, told = express
    if implied is not None and not favourable and silent is not None and told > silent:
        return silent
    return _last(way, told, made)


def _last(way: Any, since: int, made: list[tuple[str, bool, int | None]]) -> int:
    if way.kind in COURTS:
        since = max([since, *(answered for _, in_time, answered in made if in_time and answered is not None)])
    day, wanted = since, date.fromordinal(since).day
    for _ in range(way.within.months):
        day += 1
        while date.fromordinal(day).day != wanted and not _month_lacks(day, wanted):
            day += 1
    day += 1 if way.within.franc else 0
    while _off(day):
        day += 1
    return day


def _month_lacks(day: int, wanted: int) -> bool:
    """The last day of a month that has no such day."""
    return date.fromordinal(day + 1).day == 1 and date.fromordinal(day).day < wanted


def _off(day: int) -> bool:
    when = date.fromordinal(day)
    easter = date(when.year, *EASTER[when.year]).toordinal()
    return when.isoweekday() > 5 or (when.month, when.day) in ALWAYS_OFF or day - easter in {1, 39, 50}


def _express(events: Sequence[Any]) -> tuple[bool, int] | None:
    told = [each for each in events if each.kind == "notified"]
    signed = [each for each in events if each.kind == "decided"]
    return (signed[0].favourable, min(_day(each.effective) for each in told)) if told and signed else None


def _implied(events: Sequence[Any]) -> int | None:
    """Silence takes effect at the end of the day that it bears."""
    silent = [each for each in events if each.kind == "silence_took_effect"]
    kept = silent and not any(each.kind == "silence_voided" for each in events)
    return _day(silent[0].effective) - 1 if kept else None


def _lodged(lodged: Any, events: Sequence[Any]) -> tuple[str, bool, int | None]:
    ends = [each for each in events if each.kind == "appeal_concluded" and each.appeal == lodged.appeal]
    answered = _day(ends[0].effective) - (ends[0].conclusion == "implied_rejection") if ends else None
    return lodged.of, lodged.in_time, answered


def _day(instant: datetime) -> int:
    local = instant.astimezone(ZoneInfo("Europe/Paris"))
    return date(local.year, local.month, local.day).toordinal()
