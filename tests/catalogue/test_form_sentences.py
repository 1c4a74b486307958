"""What is wrong with a form can be said in every language."""

from __future__ import annotations

import string
from collections.abc import Iterator

import pytest

from catalogue import extensions, forms
from catalogue.formats import FORMATS, siret
from catalogue.forms import Form
from domain.sentence import Sentence


def test_every_error_of_a_form_can_be_translated() -> None:
    """Its text is one of those that are extracted, whatever filled it in."""
    field = {"type": "string", "minLength": 3, "maxLength": 4}
    form = Form({"type": "object", "properties": {"a": field, "b": {"type": "string", "format": "siret"}}})

    long, short, siren = (form.errors(each)[0].message for each in ({"a": "longer"}, {"a": "x"}, {"b": "732829320"}))

    texts = set(_marked())
    assert [str(each) for each in (long, short)] == ["Écrivez 4 caractères au plus.", "Écrivez au moins 3 caractères."]
    assert all(isinstance(each, Sentence) and each.text in texts for each in (long, short, siren))


@pytest.mark.parametrize(
    "text", sorted({*forms.MESSAGES.values(), *(each.help for each in FORMATS.values()), extensions.ADVISED})
)
def test_places_are_named(text: str) -> None:
    """A translator may put them in another order."""
    assert all(name is None or name.isidentifier() for _, name, _, _ in string.Formatter().parse(text))


def _marked() -> Iterator[str]:
    for module in (forms, siret):
        for value in vars(module).values():
            if isinstance(value, str):
                yield value
            elif isinstance(value, dict):
                yield from (each for each in value.values() if isinstance(each, str))
