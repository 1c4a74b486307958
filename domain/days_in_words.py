"""Days and instants as a citizen reads them, in Paris time."""

from datetime import date
from typing import Any, Self

from domain.calendar import PARIS, Instant, civil

MONTHS = (
    "janvier", "février", "mars", "avril", "mai", "juin",
    "juillet", "août", "septembre", "octobre", "novembre", "décembre",
)  # fmt: skip


class DayInWords(str):
    """A day in French; `day` is there for who says it in another language."""

    __slots__ = ("day",)

    day: date

    def __new__(cls, day: date, /) -> Self:
        made = super().__new__(cls, cls.written(day))
        made.day = day
        return made

    @staticmethod
    def written(day: date) -> str:
        """The words."""
        return f"{'1er' if day.day == 1 else day.day} {MONTHS[day.month - 1]} {day.year}"

    def __getnewargs_ex__(self) -> tuple[tuple[date], dict[str, Any]]:
        return (self.day,), {}


class DayInFigures(DayInWords):
    """The same, shorter in French."""

    __slots__ = ()

    @staticmethod
    def written(day: date) -> str:
        """The words."""
        return f"{day:%d/%m/%Y}"


class InstantInWords(str):
    """An instant in French; `instant` is there for who says it in another language."""

    __slots__ = ("instant",)

    instant: Instant

    def __new__(cls, instant: Instant, /) -> Self:
        local = instant.astimezone(PARIS)
        made = super().__new__(cls, f"{DayInWords(local.date())} à {local.hour} h {local.minute:02d}")
        made.instant = instant
        return made

    def __getnewargs_ex__(self) -> tuple[tuple[Instant], dict[str, Any]]:
        return (self.instant,), {}


class EndOfDayInWords(DayInWords):
    """The end of a day in French, which the day's date says: `28 février 2027 à minuit`."""

    __slots__ = ()

    @staticmethod
    def written(day: date) -> str:
        """The words."""
        return f"{DayInWords(day)} à minuit"


def day_in_words(day: date) -> DayInWords:
    """`1er mars 2027`."""
    return DayInWords(day)


def instant_in_words(instant: Instant) -> InstantInWords:
    """`1er mars 2027 à 0 h 00`, Paris time."""
    return InstantInWords(instant)


def moment_in_words(instant: Instant, dated: date) -> InstantInWords | EndOfDayInWords:
    """An instant; `28 février 2027 à minuit` where what happened then bears the date of the day that it ends."""
    return InstantInWords(instant) if dated == civil(instant) else EndOfDayInWords(dated)


def day_in_figures(day: date) -> DayInFigures:
    """`01/03/2027`."""
    return DayInFigures(day)
