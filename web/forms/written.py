"""An answer as people write and read it: in groups, with a comma, in words."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from decimal import Decimal, InvalidOperation

from catalogue.schemas import Schema

NBSP = "\u00a0"
APART = re.compile(r"[\s\u202f.\-/]+")
NIR = re.compile(r"(.)(..)(..)(..)(...)(...)(..)")
SIRET = re.compile(r"(...)(...)(...)(.{5})")


def amount(text: str) -> str:
    """`1234.5` as `1 234,50`; the text itself when it is no amount."""
    try:
        value = Decimal(text)
    except InvalidOperation:
        return text
    return f"{value:,.2f}".replace(",", NBSP).replace(".", ",")


def compact(text: str) -> str:
    """A number without what sets its groups apart, in capitals."""
    return APART.sub("", text).upper()


def _in_groups(pattern: re.Pattern[str]) -> Callable[[str], str]:
    def grouped(text: str) -> str:
        found = pattern.fullmatch(compact(text))
        return " ".join(found.groups()) if found else text

    return grouped


def _in_fours(text: str) -> str:
    return " ".join(re.findall(r".{1,4}", compact(text)))


def _phone(text: str) -> str:
    number = compact(text)
    return " ".join(re.findall("..", number)) if re.fullmatch(r"0[0-9]{9}", number) else text


WRITTEN: Mapping[str, Callable[[str], str]] = {
    "money": amount,
    "nir": _in_groups(NIR),
    "siret": _in_groups(SIRET),
    "iban": _in_fours,
    "rna": compact,
    "phone": _phone,
}


def written(field: Schema, value: object) -> str:
    """What an input shows of an answer; dates, communes and choices are shown otherwise."""
    if value is None:
        return ""
    of_format = WRITTEN.get(str(field.get("format")))
    return of_format(str(value)) if of_format is not None else str(value)
