"""The second opinion: recomputes a due date from the ledger alone, by counting days one by one.

It shares no code with `domain/clock/reckoning.py` nor with the arithmetic of `domain/calendar.py`: months are
walked day by day, and public holidays are found from the moon (the computus), not from a library.
`guichet verify` and the tests hold the two to the same answer.
"""

from collections.abc import Sequence
from datetime import date

from domain.calendar import Delay
from domain.clock.terms import Clock, Fact, Interval, Reckoning

_FIXED = {(1, 1), (5, 1), (5, 8), (7, 14), (8, 15), (11, 1), (11, 11), (12, 25)}
_AFTER_EASTER = (1, 39, 50)


class BadLedger(ValueError):
    """A ledger that proves nothing: a hole, an overlap, a stop that counts, an open interval inside."""


def due_from_ledger(
    ledger: Sequence[Interval],
    delay: Delay,
    silence: str,
    extensions: Sequence[Delay] = (),
    whose: str = "administration",
) -> date | None:
    """The last day of the delay, recomputed; None when it has not started or is stopped for an unknown time.

    `extensions` are the delays granted while the clock ran; the ledger says only when. Raises BadLedger.
    """
    _check(ledger)
    if not ledger or ledger[-1].end is None:
        return None
    counting = _counting(ledger, silence)
    day = counting[0].start.toordinal()
    parts: dict[str, int] = {}
    for part in (delay, *extensions):
        for unit in ("days", "working_days", "months", "years"):
            if getattr(part, unit):
                parts[unit] = parts.get(unit, 0) + getattr(part, unit)
    for unit, count in parts.items():
        day = _walk(day, unit, count)
    day += any(part.franc for part in (delay, *extensions))
    day += sum((i.end - i.start).days for i in counting if not i.running and i.end is not None)
    while whose == "resident" and not _works(day):
        day += 1
    return date.fromordinal(day)


def audit(clock: Clock, facts: Sequence[Fact], claimed: Reckoning) -> tuple[str, ...]:
    """What is wrong with `claimed`, in French; nothing when the second opinion agrees."""
    if claimed.started is None:
        return () if (claimed.expires, claimed.born, claimed.ledger) == (None, None, ()) else ("Date sans départ.",)
    granted = [fact for fact in facts if fact.kind == "extended" and fact.by is not None]
    granted.sort(key=lambda fact: fact.on)
    counted = [fact.by for fact in granted if fact.by and (claimed.expires is None or fact.on <= claimed.expires)]
    try:
        due = due_from_ledger(claimed.ledger, clock.delay, clock.silence, counted, clock.whose)
    except BadLedger as error:
        return (f"Le registre ne prouve rien : {error}.",)
    faults = []
    if due != claimed.expires:
        faults.append(f"Le registre mène au {due}, le calcul au {claimed.expires}.")
    birth = due if clock.silence in {"acceptance", "rejection", "provisional"} else None
    if birth != claimed.born:
        faults.append(f"La décision implicite naîtrait le {birth}, le calcul dit le {claimed.born}.")
    end = claimed.ledger[-1].end
    if due is not None and end is not None and end.toordinal() != due.toordinal() + 1:
        faults.append(f"Le registre finit le {end}, pas le lendemain du {due}.")
    if claimed.ledger[0].start != claimed.started:
        faults.append(f"Le registre commence le {claimed.ledger[0].start}, le délai le {claimed.started}.")
    return tuple(faults)


def _check(ledger: Sequence[Interval]) -> None:
    previous: date | None = ledger[0].start if ledger else None
    for interval in ledger:
        if interval.start != previous:
            raise BadLedger(f"trou ou recouvrement au {interval.start}")
        if interval.end is not None and interval.end <= interval.start:
            raise BadLedger(f"intervalle vide au {interval.start}")
        if interval.counts and not interval.running:
            raise BadLedger(f"un arrêt compté au {interval.start}")
        previous = interval.end


def _counting(ledger: Sequence[Interval], silence: str) -> Sequence[Interval]:
    """The intervals of the last full delay: after the last annulment, where pieces annul."""
    if silence not in {"acceptance", "provisional"}:
        return ledger
    annulled = [n for n, interval in enumerate(ledger) if _belongs_to_an_annulled_delay(interval)]
    tail = ledger[annulled[-1] + 1 :] if annulled else ledger
    if not tail:
        raise BadLedger("un délai annulé sans nouveau départ")
    return tail


def _belongs_to_an_annulled_delay(interval: Interval) -> bool:
    """What ran for nothing, or the wait for the pieces that annulled it."""
    return not interval.counts and (interval.running or "L114-5 al. 2" in interval.article)


def _walk(day: int, unit: str, count: int) -> int:
    """The ordinal of the last day, `count` units after `day`, walking one day at a time."""
    if unit == "days":
        return day + count
    if unit == "working_days":
        while count:
            day += 1
            count -= 1 if _works(day) else 0
        return day
    wanted = date.fromordinal(day).day
    for _ in range(count if unit == "months" else 12 * count):
        day += 32 - date.fromordinal(day).day
        day -= date.fromordinal(day).day - 1
    month = date.fromordinal(day).month
    while date.fromordinal(day).day < wanted and date.fromordinal(day + 1).month == month:
        day += 1
    return day


def _works(day: int) -> bool:
    civil_day = date.fromordinal(day)
    if civil_day.isoweekday() > 5 or (civil_day.month, civil_day.day) in _FIXED:
        return False
    return day - _easter(civil_day.year) not in _AFTER_EASTER


def _easter(year: int) -> int:
    """The ordinal of Easter Sunday by Gauss's method with Lilius's corrections (Gregorian calendar)."""
    century = year // 100
    m = (15 - (13 + 8 * century) // 25 + century - century // 4) % 30
    n = (4 + century - century // 4) % 7
    d = (19 * (year % 19) + m) % 30
    e = (2 * (year % 4) + 4 * (year % 7) + 6 * d + n) % 7
    if (d, e) == (29, 6) or (d == 28 and e == 6 and (11 * m + 11) % 30 < 19):
        e -= 7
    return date(year, 3, 22).toordinal() + d + e
