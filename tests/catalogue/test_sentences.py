"""A French sentence that pages can say in another language."""

from __future__ import annotations

import copy
import pickle
import string
from collections.abc import Iterator

import pytest

from catalogue import annotated, format_words, forms
from catalogue.forms import Form
from catalogue.sentences import Sentence, translated

ENGLISH = {"{limit} au plus.": "At most {limit}.", "Rien.": "Nothing."}


def english(text: str) -> str:
    """As a catalogue of translations would answer."""
    return ENGLISH.get(text, text)


def test_it_reads_as_plain_french_and_says_itself_in_another_language() -> None:
    """What fills it in is the same in both."""
    said = Sentence("{limit} au plus.", limit=4)

    assert said == "4 au plus."
    assert translated(said, english) == "At most 4."
    assert translated("Rien.", english) == "Nothing."
    assert translated("", english) == ""


def test_it_travels_whole() -> None:
    """Copied or sent to another process, it can still be translated."""
    said = Sentence("{limit} au plus.", limit=4)

    for each in (copy.deepcopy(said), pickle.loads(pickle.dumps(said))):  # noqa: S301 (our own)
        assert translated(each, english) == "At most 4."


def test_every_error_of_a_form_can_be_translated() -> None:
    """Its text is one of those that are extracted, whatever filled it in."""
    field = {"type": "string", "minLength": 3, "maxLength": 4}
    form = Form({"type": "object", "properties": {"a": field, "b": {"type": "string", "format": "siret"}}})

    long, short, siren = (form.errors(each)[0].message for each in ({"a": "longer"}, {"a": "x"}, {"b": "732829320"}))

    texts = set(_marked())
    assert [str(each) for each in (long, short)] == ["Écrivez 4 caractères au plus.", "Écrivez au moins 3 caractères."]
    assert all(isinstance(each, Sentence) and each.text in texts for each in (long, short, siren))


@pytest.mark.parametrize("text", sorted({*forms.MESSAGES.values(), *format_words.HELP.values(), annotated.ADVISED}))
def test_places_are_named(text: str) -> None:
    """A translator may put them in another order."""
    assert all(name is None or name.isidentifier() for _, name, _, _ in string.Formatter().parse(text))


def _marked() -> Iterator[str]:
    for module in (forms, format_words):
        for value in vars(module).values():
            if isinstance(value, str):
                yield value
            elif isinstance(value, dict):
                yield from (each for each in value.values() if isinstance(each, str))
