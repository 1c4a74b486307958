"""What is asked before any effort: each procedure asks something, and what meets its conditions is always said."""

from __future__ import annotations

from pathlib import Path

import pytest

from catalogue.eligibility import ANSWERS, Eligibility, eligibility, read
from catalogue.errors import CatalogueError
from catalogue.loader import catalogue

TWO = """
[[questions]]
key = "age"
question = "Avez-vous 60 ans ou plus ?"
otherwise = "Avant 60 ans, adressez-vous à la MDPH."
reference = ["CASF R232-1"]
confidence = "B"

[[questions]]
key = "amende"
question = "Est-ce une amende ?"
expected = "non"
otherwise = "L'amende se conteste au tribunal."
reference = ["CASF L262-52"]
confidence = "U"
"""


@pytest.fixture
def two(tmp_path: Path) -> Eligibility:
    (tmp_path / "eligibility.toml").write_text(TWO, encoding="utf-8")
    return read(tmp_path)


@pytest.mark.parametrize("slug", catalogue().slugs())
def test_every_procedure_asks_something_short(slug: str) -> None:
    """Five questions at most: more would be an effort."""
    assert 1 <= len(eligibility(slug).questions) <= 5


@pytest.mark.parametrize(
    ("age", "amende", "unmet", "unknown"),
    [
        ("oui", "non", [], []),
        ("non", "non", ["age"], []),
        ("oui", "oui", ["amende"], []),
        ("ne_sait_pas", "oui", ["amende"], ["age"]),
    ],
)
def test_an_answer_meets_the_condition_or_not_and_not_knowing_is_neither(
    two: Eligibility, age: str, amende: str, unmet: list[str], unknown: list[str]
) -> None:
    answers = {"age": age, "amende": amende}
    assert not two.form.errors(answers)
    assert [each.key for each in two.unmet(answers)] == unmet
    assert [each.key for each in two.unknown(answers)] == unknown


def test_every_question_must_be_answered_by_one_of_three(two: Eligibility) -> None:
    assert {(error.pointer, error.code) for error in two.form.errors({"age": "peut-être"})} == {
        ("/age", "oneOf"),
        ("/amende", "required"),
    }
    assert list(ANSWERS) == ["oui", "non", "ne_sait_pas"]


def test_a_procedure_may_ask_nothing(tmp_path: Path) -> None:
    assert read(tmp_path).questions == ()


def test_a_file_that_does_not_read_says_where(tmp_path: Path) -> None:
    (tmp_path / "eligibility.toml").write_text(TWO.replace('"non"', '"jamais"'), encoding="utf-8")
    with pytest.raises(CatalogueError) as refused:
        read(tmp_path)
    assert "expected" in refused.value.faults[0].where
