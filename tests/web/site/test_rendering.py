"""What rendering does to sentences: their signs stay on the line of their word, and nothing typed is touched."""

from __future__ import annotations

import pytest

from domain.sentence import Sentence
from web.site.languages import words
from web.site.rendering import environment, or_french, unbroken


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("Est-ce pour moi ?", "Est-ce pour moi\u00a0?"),
        ("Attention : déjà !", "Attention\u00a0: déjà\u00a0!"),
        ("La pièce « RIB » manque ; donnez-la.", "La pièce «\u00a0RIB\u00a0» manque\u00a0; donnez-la."),
        ("à 12:30, page 3/4", "à 12:30, page 3/4"),
        ("le 1er mars 2027 à 14 h 05, 3 h par jour", "le 1er mars 2027 à 14\u00a0h\u00a005, 3\u00a0h par jour"),
    ],
)
def test_a_sign_never_begins_a_line_and_an_hour_stays_whole(text: str, kept: str) -> None:
    assert unbroken(text) == kept
    assert unbroken(kept) == kept


def test_sentences_of_pages_and_of_the_law_are_so_and_what_was_typed_is_not() -> None:
    page = "{{ _('Est-ce pour moi ?') }}{{ typed }}"
    said = Sentence("Le délai court : {day} jours.", day=3)

    assert environment("fr").from_string(page).render(typed=" ?") == "Est-ce pour moi\u00a0? ?"
    assert environment("en").from_string(page).render(typed=" ?") == f"{words('en').gettext('Est-ce pour moi ?')} ?"
    assert or_french(words("fr"), said) == "Le délai court\u00a0: 3 jours."
