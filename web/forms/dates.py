"""A day typed in three fields, its month as a number or a word."""

import re
import unicodedata
from datetime import date

# Typed in whatever language, on whatever page: French, Breton, English.
NAMES = (
    ("janvier", "genver", "january"),
    ("fevrier", "c hwevrer", "february"),
    ("mars", "meurzh", "march"),
    ("avril", "ebrel", "april"),
    ("mai", "mae", "may"),
    ("juin", "mezheven", "june"),
    ("juillet", "gouere", "july"),
    ("aout", "eost", "august"),
    ("septembre", "gwengolo", "september"),
    ("octobre", "here", "october"),
    ("novembre", "du", "november"),
    ("decembre", "kerzu", "december"),
)


def month_of(typed: str) -> int | None:
    """The month that a number or a word names; None when it is none, or several."""
    if re.fullmatch(r"0?[1-9]|1[0-2]", typed, re.ASCII):
        return int(typed)
    word = _plain(typed)
    whole = [number for number, names in enumerate(NAMES, 1) if word in names]
    begun = [number for number, names in enumerate(NAMES, 1) if any(name.startswith(word) for name in names)]
    found = whole or (begun if len(word) >= 3 else [])
    return found[0] if len(found) == 1 else None


def day_of(day: str, month: str, year: str) -> date | None:
    """The day that three fields name; None when there is none."""
    number = month_of(month)
    if number is None or not re.fullmatch(r"[0-9]{4}", year, re.ASCII):
        return None
    if not re.fullmatch(r"[0-9]{1,2}(er)?", day, re.ASCII):
        return None
    try:
        return date(int(year), number, int(day.removesuffix("er")))
    except ValueError:
        return None


def day_said(day: str, month: str, year: str, *, partly: bool) -> str:
    """The day that three fields name, as a form keeps it; empty when they name none.

    `partly`: the year alone, or its month, where the civil register knows no more of a birth.
    """
    whole = day_of(day, month, year)
    if whole is not None:
        return whole.isoformat()
    number = month_of(month) if month else None
    if not partly or day or not re.fullmatch(r"[0-9]{4}", year, re.ASCII) or (month and number is None):
        return ""
    return f"{year}-{number:02d}" if number is not None else year


def parts_of(kept: str) -> tuple[str, str, str]:
    """The day, the month and the year, as three fields show what a form keeps; empty where it is not known."""
    year, month, day, *_ = (*kept.split("-"), "", "")
    return day.removeprefix("0"), month.removeprefix("0"), year


def _plain(text: str) -> str:
    bare = unicodedata.normalize("NFKD", text.lower())
    letters = "".join(each for each in bare if not unicodedata.combining(each))
    return " ".join(re.split(r"[^a-z]+", letters)).strip()
