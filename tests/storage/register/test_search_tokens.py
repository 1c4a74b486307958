"""People write a name, a number, a reference as they can: search finds the dossier all the same."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage.register.search_tokens import found_under, looked_for, references


def finds(question: str, text: str) -> bool:
    """Whether a question finds a text, in one of its ways."""
    held = set(found_under(text))
    return any(set(way) <= held for way in looked_for(question))


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("lebras", "Le Bras"),
        ("LE BRAS", "Lebras"),
        ("L’Hostis", "L'Hostis"),
        ("lhostis", "L’Hostis"),
        ("l hostis", "Lhostis"),
        ("Vanderberg", "Van der Berg"),
        ("van der berg", "VANDERBERG"),
        ("lodz", "Łódź"),
        ("Weiß", "Weiss"),
        ("Strasse", "Straße"),
        ("李", "李"),
        ("ivanov", "Иванов"),
        ("Σωκράτης", "Σωκρατης"),
        ("Le", "Le"),
        ("ma", "Ma"),
        ("SON", "Son"),
        ("li", "Li"),
        ("0298123456", "02 98 12 34 56"),
        ("02 98 12 34 56", "+33298123456"),
        ("+33 (0)2 98 12 34 56", "0298123456"),
        ("02.98.12.34.56", "+33 2 98 12 34 56"),
        ("0033 2 98 12 34 56", "02-98-12-34-56"),
        ("356 000 000 00048", "35600000000048"),
        ("356000000", "356 000 000 00048"),
        ("1 53 07 29 019 001", "153072901900123"),
        ("Kerbrat 0298123456", "Kerbrat 02 98 12 34 56"),
    ],
)
def test_a_name_or_a_number_is_found_however_it_is_written(question: str, text: str) -> None:
    assert finds(question, text)


@pytest.mark.parametrize(
    ("question", "text"),
    [("Le Goff", "Le Bras"), ("0298123457", "02 98 12 34 56"), ("oui", "oui"), ("", "Le Bras"), ("---", "Le Bras")],
)
def test_what_is_not_there_is_not_found(question: str, text: str) -> None:
    assert not finds(question, text)


def test_a_reference_is_known_by_its_number() -> None:
    assert references("123", [2026, 2027]) == ["2026-000123", "2027-000123"]
    assert references(" 000123 ", [2026]) == references("2026-123", [2025]) == ["2026-000123"]
    assert references("Le Goff", [2026]) == references("2026-0001234", [2026]) == []


@given(st.text(alphabet=st.characters(codec="utf-8"), max_size=60))
def test_whatever_is_found_by_something_is_found_by_itself(text: str) -> None:
    assert finds(text, text) == bool(list(found_under(text)))
