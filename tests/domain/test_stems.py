"""Search compares stems: accents, case, plurals and feminines do not hide a dossier."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.stems import stems
from storage.engine.master_key import MasterKey
from storage.register.in_clear import search_tokens

KEY = MasterKey(bytes(range(32)))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Assistantes maternelles", "assistant maternelle"),
        ("ÉCOLE", "ecole"),
        ("aides privées", "aide prive"),
        ("crédits prévus", "credit prevu"),
        ("pièces notifiées", "piece notifie"),
        ("Agréments — agrément", "agréments agrement"),
        ("Œuvres", "oeuvre"),
        ("Annai\u0308g", "annaïg"),
        ("Le Goff de Quimper", "goff quimper"),
        ("Łukasz Ødegård", "lukasz odegard"),
        ("Đặng Weiß", "dang weiss"),
        ("Иванов", "ivanov"),
    ],
)
def test_what_people_write_differently_has_the_same_stems(one: str, other: str) -> None:
    assert set(stems(one)) == set(stems(other))


def test_numbers_and_references_are_kept_whole() -> None:
    assert list(stems("29000 2026-000123 A320s")) == ["29000", "2026", "000123", "a320s"]


@given(st.text(max_size=80))
def test_any_text_has_stems_that_are_plain_words(text: str) -> None:
    assert all(stem.isascii() and stem.isalnum() and len(stem) >= 2 for stem in stems(text))


def test_a_dossier_has_few_tokens_and_none_that_says_its_word() -> None:
    form = {"page": {f"champ{n}": f"mot{n}" for n in range(500)}, "long": "Quimper " * 50}
    tokens = search_tokens(KEY, form)

    assert len(tokens) == 64
    assert {len(token) for token in tokens} == {16}
    assert not any(b"mot" in token for token in tokens)
