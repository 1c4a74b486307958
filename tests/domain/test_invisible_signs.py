"""What is kept of a text is what people see of it."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.invisible_signs import BLANKS, SIGNS, cleaned, plain, visible, with_bullets


@pytest.mark.parametrize(
    ("typed", "seen"),
    [
        ("\u200eAnna\u200f Le\u00ad Goff\ufeff", "Anna Le Goff"),
        ("\u202eAnna\u202c", "Anna"),
        ("\u2066Anna\u2069\u200b", "Anna"),
        ("\u3164\u2800 \u00a0", ""),
        ("\u200b\u2060", ""),
        ("  12 rue\n de Siam ", "12 rue\n de Siam"),
        ("L'Hostis ❤️ 李", "L'Hostis ❤️ 李"),
        ("\uf0b7 un\n\uf0a7 deux", "• un\n• deux"),
    ],
)
def test_invisible_signs_and_blanks_around_go(typed: str, seen: str) -> None:
    """Marks of direction, zero-width signs, soft hyphens, blanks that only look like letters to a machine."""
    assert visible(typed) == seen


@given(st.text(st.sampled_from(SIGNS + BLANKS)))
def test_nothing_to_see_is_nothing(typed: str) -> None:
    """Whatever the mixture."""
    assert visible(typed) == ""


@given(st.text())
def test_what_is_seen_stays_and_is_seen_once(typed: str) -> None:
    """The signs that are kept keep their order; cleaning what is clean changes nothing."""
    seen = visible(typed)
    assert visible(seen) == seen
    assert seen in with_bullets("".join(each for each in typed if each not in SIGNS))


def test_every_text_of_an_answer_at_any_depth() -> None:
    """Numbers, booleans and the names of fields are as they were."""
    assert cleaned({"a\u200b": ["\u200bx", {"b": " y "}], "n": 3, "t": True}) == {
        "a\u200b": ["x", {"b": "y"}],
        "n": 3,
        "t": True,
    }


def test_a_long_run_of_blanks_costs_nothing() -> None:
    """Two hundred thousand between two letters."""
    begun = time.perf_counter()
    assert len(visible("a" + " " * 200_000 + "b")) == 200_002
    assert time.perf_counter() - begun < 0.5


@pytest.mark.parametrize(
    ("pasted", "read"),
    [
        ("un\x0bdeux\u2028trois\r\nquatre\rcinq", "un\ndeux\ntrois\nquatre\ncinq"),
        ("a\x07b\x7f\x9b\ud800c\td", "abc\td"),
    ],
)
def test_lines_pasted_from_a_text_processor_stay_lines_and_controls_go(pasted: str, read: str) -> None:
    assert plain(pasted) == read
