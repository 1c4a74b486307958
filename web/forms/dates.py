"""A day typed in three fields, its month as a number or a word."""

from __future__ import annotations

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


def _plain(text: str) -> str:
    bare = unicodedata.normalize("NFKD", text.lower())
    letters = "".join(each for each in bare if not unicodedata.combining(each))
    return " ".join(re.split(r"[^a-z]+", letters)).strip()
