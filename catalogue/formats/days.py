"""A civil day of our times; and a day of birth, which may be known by its year alone. Their input is three fields."""

import re
from calendar import monthrange
from datetime import date

from catalogue.formats.format import Format
from domain.sentence import N_, Sentence

DAY = re.compile(r"\A[0-9]{4}-[0-9]{2}-[0-9]{2}\Z")
PART = re.compile(r"\A[0-9]{4}(-[0-9]{2})?\Z")
DAY_FIRST = re.compile(r"\A[0-9]{1,2}[/.-][0-9]{1,2}[/.-][0-9]{4}\Z")
# Nobody alive was born before, and no form speaks of what comes after.
YEARS = range(1850, 2200)
OTHER_TIMES = N_("Vérifiez l'année : elle va de {first} à {last}.")
YEAR_FIRST = N_("Écrivez l'année d'abord, par exemple 2026-11-23.")


def is_date(text: str) -> bool:
    """A civil date of our times, `2026-11-23`."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return False
    # Week dates (`2026-W48-1`) are ISO 8601 too, and no day of a form.
    return DAY.match(text) is not None and day.year in YEARS


def is_birth(text: str) -> bool:
    """A day of birth; its year, or its month, where the civil register knows no more: `1948`, `1948-03`."""
    return is_date(text) or (PART.match(text) is not None and is_date(f"{text}-01-01"[:10]))


def first_day(birth: str) -> date:
    """The first day that a birth, or a date, may mean."""
    return date.fromisoformat(f"{birth}-01-01"[:10])


def last_day(birth: str) -> date:
    """The last day that a birth, or a date, may mean."""
    first = first_day(birth)
    match len(birth):
        case 4:
            return date(first.year, 12, 31)
        case 7:
            return date(first.year, first.month, monthrange(first.year, first.month)[1])
        case _:
            return first


def _because(text: str) -> Sentence | None:
    if DAY.match(text) and int(text[:4]) not in YEARS:
        return Sentence(OTHER_TIMES, first=YEARS[0], last=YEARS[-1])
    return Sentence(YEAR_FIRST) if DAY_FIRST.match(text) else None


DATE = Format(
    name="date",
    valid=is_date,
    help=N_("Cette date n'existe pas : écrivez-la comme 2026-11-23."),
    because=_because,
)
BIRTH = Format(
    name="birth",
    valid=is_birth,
    help=N_("Cette date n'existe pas : écrivez-la comme 1948-03-27 ; l'année seule, 1948, si le jour n'est pas connu."),
    because=_because,
)
DAYS = frozenset({DATE.name, BIRTH.name})
