"""Answers that each kind of field admits, its boundaries first: what applicants write."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from functools import cache
from typing import Any

from hypothesis import strategies as st
from stdnum import luhn
from stdnum.fr import nir

from catalogue.territory import territory
from domain.calendar import add_months

Answers = st.SearchStrategy[Any]
LETTERS = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZàâçéèêëîïôùûüœæÀÉÈñ '-,.0123456789"
# Born, or asking from, a day that exists one year in four, a first and a last of month, a day off.
DAYS = ["1944-02-29", "2000-02-29", "2028-02-29", "2026-12-31", "2027-01-01", "2027-05-01", "2027-03-29", "1932-11-30"]
DIGITS = "0123456789"


def texts(schema: Mapping[str, Any]) -> Answers:
    """Of the shortest and the longest length admitted, and between."""
    shortest, longest = schema.get("minLength", 0), schema.get("maxLength", 40)
    return st.sampled_from(sorted({shortest, min(longest, max(shortest, 7)), longest})).flatmap(
        lambda length: st.sampled_from(LETTERS.replace(" ", "")).map(
            lambda first: (first + LETTERS * (length // len(LETTERS) + 1))[:length]
        )
    )


def numbers(length: int) -> Answers:
    """That many digits."""
    return st.text(DIGITS, min_size=length, max_size=length)


@cache
def _communes() -> list[str]:
    edition = territory().edition(date(2026, 6, 1))
    assert edition is not None
    return sorted(edition.by_code)


def _with_key(number: str) -> str:
    return number + nir.calc_check_digits(number)


def _siret(parts: tuple[str, str]) -> str:
    siren = parts[0] + str(luhn.calc_check_digit(parts[0]))
    return siren + parts[1] + str(luhn.calc_check_digit(siren + parts[1]))


BORN = st.tuples(st.sampled_from("12"), numbers(2), st.sampled_from(["01", "02", "12"]))
WHERE = st.tuples(st.sampled_from(["29232", "2A004", "2B033"]), st.sampled_from(["001", "014", "999"]))
NIRS = st.tuples(BORN, WHERE).map(lambda parts: _with_key("".join((*parts[0], *parts[1]))))
MONEY = st.sampled_from(["0", "0.00", "0.01", "900", "1288.13", "99999999.99"]) | st.decimals(
    Decimal("0.00"), Decimal("9999.99"), places=2
).map(str)


def days(field: Mapping[str, Any]) -> Answers:
    """Between the bounds that the field says, both of them included; in part for a birth."""
    today = datetime.now(UTC).date()
    before, after = field.get("x-near", (field.get("x-past", 90), 0))
    oldest = add_months(today, -12 * (90 if before is True else before)) + timedelta(days=2)
    whole = st.dates(oldest, add_months(today, 12 * after)).map(date.isoformat)
    if field.get("format") != "birth":
        return whole
    return whole.flatmap(lambda day: st.sampled_from([day, day, day[:7], day[:4]]))


BY_FORMAT: Mapping[str, Callable[[], Answers]] = {
    "date": lambda: st.sampled_from(DAYS) | st.dates(date(1920, 1, 1), date(2030, 12, 31)).map(date.isoformat),
    "money": lambda: MONEY,
    "nir": lambda: NIRS,
    "siret": lambda: st.tuples(numbers(8), numbers(4)).map(_siret),
    "rna": lambda: numbers(9).map(lambda digits: f"W{digits}"),
    "iban": lambda: st.sampled_from(["FR7630006000011234567890189", "BE68539007547034"]),
    "phone": lambda: st.tuples(st.sampled_from("1234567"), numbers(8)).map(lambda part: f"0{part[0]}{part[1]}"),
    "commune": lambda: st.sampled_from([*_communes(), "75056", "2A004"]),
    "departement-commune": lambda: st.sampled_from(_communes()),
    "email": lambda: st.sampled_from(["anna@example.org", "y.k+apa@example.org"]),
    "document": lambda: st.uuids().map(str),
}
