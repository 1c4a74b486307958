"""Civil days, working days and legal delays, as French law counts them (docs/law/delais.md)."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from typing import Literal
from zoneinfo import ZoneInfo

from holidays import country_holidays
from holidays.countries.france import France

from domain.sentence import Counted

Instant = datetime
"""An aware datetime in UTC."""

PARIS = ZoneInfo("Europe/Paris")
A_DAY = timedelta(days=1)

Unit = Literal["days", "working_days", "months", "years"]
UNITS: tuple[Unit, ...] = ("days", "working_days", "months", "years")
_LENGTHS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
WORDS: dict[tuple[Unit, bool], tuple[str, str]] = {
    ("days", False): ("{count} jour", "{count} jours"),
    ("days", True): ("{count} jour franc", "{count} jours francs"),
    ("working_days", False): ("{count} jour ouvré", "{count} jours ouvrés"),
    ("working_days", True): ("{count} jour ouvré franc", "{count} jours ouvrés francs"),
    ("months", False): ("{count} mois", "{count} mois"),
    ("months", True): ("{count} mois franc", "{count} mois francs"),
    ("years", False): ("{count} an", "{count} ans"),
    ("years", True): ("{count} an franc", "{count} ans francs"),
}
"""One and many of each unit, clear (« franc ») or not."""


def civil(instant: Instant) -> date:
    """The civil day of `instant` in Europe/Paris; 2026-11-30T23:30Z is 1 December.

    Raises ValueError for a naive datetime: without an offset it names no instant.
    """
    if instant.tzinfo is None:
        raise ValueError("a legal instant needs an offset from UTC")
    return instant.astimezone(PARIS).date()


def midnight(day: date) -> Instant:
    """The instant, in UTC, at which `day` begins in Europe/Paris."""
    return datetime(day.year, day.month, day.day, tzinfo=PARIS).astimezone(UTC)


def end_of(day: date) -> Instant:
    """The instant, in UTC, at which `day` is over in Europe/Paris: until then an act is still of that day."""
    return midnight(day + A_DAY)


def ended_by(instant: Instant) -> date:
    """The civil day that is over at `instant`: what happens at the end of a day bears its date (CE 417292)."""
    return civil(instant - timedelta(microseconds=1))


class UnknownHolidays(ValueError):
    """No list of national holidays is known for that year; nothing is extrapolated."""


@lru_cache(maxsize=1024)
def public_holidays(year: int) -> frozenset[date]:
    """The eleven national holidays of `year` (code du travail L3133-1); Finistère adds none.

    Raises UnknownHolidays outside the years the `holidays` library knows (1803 to 2100).
    """
    if not France.start_year <= year <= France.end_year:
        raise UnknownHolidays(year)
    return frozenset(country_holidays("FR", years=year))


def is_working_day(day: date) -> bool:
    """True from Monday to Friday outside national holidays (a « jour ouvré »)."""
    return day.weekday() < 5 and day not in public_holidays(day.year)


def next_working_day(day: date) -> date:
    """`day` itself when it is a working one, else the first that follows."""
    while not is_working_day(day):
        day += A_DAY
    return day


def month_length(year: int, month: int) -> int:
    """The number of days of a month (1 to 12)."""
    leap = month == 2 and year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
    return _LENGTHS[month - 1] + leap


def add_months(day: date, months: int) -> date:
    """The same day `months` later, or the month's last day where it has no such day (CPC 641)."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, month_length(year, month + 1)))


def add_working_days(day: date, count: int) -> date:
    """The `count`-th working day after `day`, which is not counted itself."""
    while count > 0:
        day += A_DAY
        count -= is_working_day(day)
    return day


@dataclass(frozen=True, slots=True, kw_only=True)
class Delay:
    """A legal delay in one unit; `franc` adds the day that follows its last one.

    Raises ValueError unless exactly one of the four units is positive and the others are 0.
    """

    days: int = 0
    working_days: int = 0
    months: int = 0
    years: int = 0
    franc: bool = False

    def __post_init__(self) -> None:
        counts = (self.days, self.working_days, self.months, self.years)
        if min(counts) < 0 or sum(count > 0 for count in counts) != 1:
            raise ValueError("a delay has exactly one unit, and a positive number of it")

    @classmethod
    def of(cls, unit: Unit, count: int, *, franc: bool = False) -> "Delay":
        """The delay of `count` days, working days, months or years."""
        match unit:
            case "days":
                return cls(days=count, franc=franc)
            case "working_days":
                return cls(working_days=count, franc=franc)
            case "months":
                return cls(months=count, franc=franc)
            case "years":
                return cls(years=count, franc=franc)

    @property
    def unit(self) -> Unit:
        """The one unit in which the delay is expressed."""
        return next(unit for unit in UNITS if getattr(self, unit))

    @property
    def count(self) -> int:
        """How many of its unit."""
        return self.days or self.working_days or self.months or self.years

    def last_day(self, start: date) -> date:
        """The last day of the delay that starts on `start`, a day not counted; never moved."""
        last = _after(self, start)
        return last + A_DAY if self.franc else last

    def for_a_resident(self, start: date) -> date:
        """The last day of a resident's own delay: a day off moves it to the next working one."""
        return next_working_day(self.last_day(start))

    def in_words(self) -> Counted:
        """The delay in French: « 2 mois », « 10 jours ouvrés », « 2 mois francs »."""
        return Counted(*WORDS[self.unit, self.franc], count=self.count)


def _after(delay: Delay, start: date) -> date:
    if delay.months or delay.years:
        return add_months(start, delay.months + 12 * delay.years)
    if delay.days:
        return start + timedelta(days=delay.days)
    return add_working_days(start, delay.working_days)
