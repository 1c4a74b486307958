"""What e-mails say, and in which languages."""

from __future__ import annotations

from datetime import date

import pytest

from catalogue.languages import words
from domain.effects import EFFECTS
from tests.domain.telling import plan
from workers.words import BETWEEN, for_agents, for_the_person, mandate_ends

URL = "https://guichet.example"
TO_THE_PERSON = [effect.kind for effect in EFFECTS.values() if effect.verb in {"email", "notice"}]


@pytest.mark.parametrize("kind", TO_THE_PERSON)
def test_an_email_is_in_french_while_no_other_language_is_known(kind: str) -> None:
    """Once, and nothing more."""
    said = for_the_person(kind, plan(), "2026-000001", URL)
    assert said is not None
    assert said == for_the_person(kind, plan(), "2026-000001", URL, "fr")
    assert said.subject == EFFECTS[kind].title
    assert said.text.count(URL) == 1
    assert BETWEEN not in said.text


@pytest.mark.parametrize("code", ["br", "en"])
@pytest.mark.parametrize("kind", TO_THE_PERSON)
def test_an_email_is_in_french_then_in_the_persons_language(kind: str, code: str) -> None:
    """French prevails: it comes first, whole. The subject, which is read first, is theirs."""
    alone, said = (
        for_the_person(kind, plan(), "2026-000001", URL),
        for_the_person(kind, plan(), "2026-000001", URL, code),
    )
    assert alone is not None
    assert said is not None
    french, other = said.text.split(BETWEEN)
    assert french == alone.text
    assert other != french
    assert "2026-000001" in other
    assert said.subject != alone.subject


def test_the_end_of_a_mandate_is_dated_in_each_language() -> None:
    """The same day, as each writes it."""
    french, breton = mandate_ends("Clarté", date(2027, 3, 1), URL, "br").text.split(BETWEEN)
    assert "le 1er mars 2027." in french
    assert words("br").date(date(2027, 3, 1)) in breton


def test_no_words_for_what_is_no_email() -> None:
    """The activity stops there."""
    assert for_the_person("email:unheard", plan(), "2026-000001", URL, "br") is None
    assert for_agents("tell:unheard", plan(), "2026-000001", URL) is None
