"""Formats of a form's fields: what each takes, and what only looks like it."""

from __future__ import annotations

import pytest

from catalogue.formats import FORMATS

RIGHT = [
    ("nir", "255081416802538"),
    ("siret", "73282932000074"),
    ("siret", "732 829 320 00074"),
    ("iban", "FR76 3000 6000 0112 3456 7890 189"),
    ("rna", "W291000001"),
    ("phone", "02 98 76 20 20"),
    ("phone", "+33298762020"),
    ("commune", "29232"),
    ("commune", "2A004"),
    ("commune", "97105"),
    ("date", "2028-02-29"),
    ("email", "anne@example.org"),
    ("money", "0"),
    ("money", "900.00"),
    ("document", "0190a1b2-0000-7000-8000-000000000001"),
]
WRONG = [
    ("nir", "255081416802539"),
    ("nir", "１51024610204325"),
    ("siret", "73282932000075"),
    ("siret", "７3282932000074"),
    ("iban", "FR7630006000011234567890188"),
    ("rna", "W29100000"),
    ("rna", "W291000001\n"),
    ("phone", "123"),
    ("phone", "０298762020"),
    ("commune", "00000"),
    ("commune", "96001"),
    ("commune", "20090"),
    ("commune", "75015"),
    ("commune", "29 232"),
    ("date", "2026-02-30"),
    ("date", "2026-W48-1"),
    ("date", "20261123"),
    ("date", "2026-11-23\n"),
    ("email", "anne"),
    ("money", "-1.00"),
    ("money", "1e3"),
    ("money", "900.0"),
    ("money", "٩٠٠"),
    ("document", "0190A1B2-0000-7000-8000-000000000001"),
]


@pytest.mark.parametrize(("name", "text"), RIGHT)
def test_a_right_value_is_taken(name: str, text: str) -> None:
    """Spaces as people write them included."""
    assert FORMATS[name].valid(text)


@pytest.mark.parametrize(("name", "text"), WRONG)
def test_what_only_looks_right_is_refused(name: str, text: str) -> None:
    """A wrong key, another alphabet's digits, a week date, a trailing newline, a float."""
    assert not FORMATS[name].valid(text)


def _nir(department: str, value: str) -> str:
    body = f"28506{department}123045"
    number = int(f"28506{value}123045")
    return f"{body}{97 - number % 97:02d}"


@pytest.mark.parametrize(("department", "value"), [("2A", "19"), ("2B", "18"), ("29", "29")])
def test_corsica_counts_as_19_and_18_in_the_key(department: str, value: str) -> None:
    """The key of a NIR replaces 2A by 19 and 2B by 18 (arrêté du répertoire, INSEE)."""
    number = _nir(department, value)

    assert FORMATS["nir"].valid(number)
    assert not FORMATS["nir"].valid(number[:-2] + f"{(int(number[-2:]) + 1) % 97:02d}")
