"""What people read is found where it is written."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping

import pytest

from api.http.problem_types import NOT_FOUND
from catalogue.forms import FORMS
from catalogue.loader import catalogue
from domain.commands import COMMANDS
from domain.words import STATUS
from web.wording.sentences import SourceSentence, sentences

WORDS = ("title", "description", "x-recommended")


@pytest.fixture(scope="module")
def found() -> dict[str, SourceSentence]:
    """Every sentence by its text; reading them takes seconds, which no worker spends to know what tests there are."""
    return {one.text: one for every in sentences().values() for one in every}


def words_of(schema: object) -> Iterator[str]:
    """Every word of a form, wherever it stands; written apart from the extractor."""
    if isinstance(schema, Mapping):
        for name, value in schema.items():
            yield from (value,) if name in WORDS and isinstance(value, str) else words_of(value)
    elif isinstance(schema, list):
        for each in schema:
            yield from words_of(each)


def test_every_word_of_every_form_is_found(found: dict[str, SourceSentence]) -> None:
    """Questions, help, answers, advice, in conditions too."""
    said = {text for file in FORMS.glob("*/*.json") for text in words_of(json.loads(file.read_text("utf-8")))}
    assert len(said) > 1_000
    assert said <= found.keys()


def test_what_procedures_and_their_pieces_are_called_is_found(found: dict[str, SourceSentence]) -> None:
    """Those of the versions that dossiers follow too."""
    shelf = catalogue()
    plans = [plan for slug in shelf.slugs() for plan in (shelf.plan(slug), *shelf.published(slug))]
    titles = {title for plan in plans for title in (plan.title, *(piece.title for piece in plan.pieces))}
    assert titles <= found.keys()


def test_templates_code_and_tables_are_read(found: dict[str, SourceSentence]) -> None:
    """Each with the file that says it first."""
    assert found["Aller au contenu"].where == "web/templates/base.html"
    assert found["Le code fait huit chiffres."].where == "web/public/sign_in.py"
    assert found["%(num)s démarche"].plural == "%(num)s démarches"
    assert {*STATUS.values(), *filter(None, (command.label for command in COMMANDS.values()))} <= found.keys()
    assert NOT_FOUND.title in found


def test_a_sentence_is_translated_once() -> None:
    """What pages say is not asked again for forms."""
    every = [one.text for found in sentences().values() for one in found]
    assert len(every) == len(set(every))
