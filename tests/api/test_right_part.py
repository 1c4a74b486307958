"""What is kept of a page that holds something wrong: the wrong answers go, the others stay."""

from __future__ import annotations

from typing import Any

import pytest

from api.right_part import right_part
from catalogue.forms import Form

FORM = Form(
    {
        "type": "object",
        "properties": {
            "foyer": {
                "type": "object",
                "additionalProperties": False,
                "required": ["nom"],
                "properties": {
                    "nom": {"type": "string", "minLength": 1},
                    "age": {"type": "integer", "minimum": 0},
                    "enfants": {
                        "type": "array",
                        "maxItems": 3,
                        "items": {
                            "type": "object",
                            "additionalProperties": False,
                            "required": ["prenom"],
                            "properties": {"prenom": {"type": "string"}, "ne": {"type": "string", "format": "date"}},
                        },
                    },
                    "choix": {"type": "array", "items": {"enum": ["a", "b"]}},
                },
            }
        },
    }
)


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ({"nom": "Anne", "age": 3}, {"nom": "Anne", "age": 3}),
        ({"age": 3}, {"age": 3}),
        ({"nom": "Anne", "age": -1}, {"nom": "Anne"}),
        ({"nom": "Anne", "age": "trois", "autre": 1}, {"nom": "Anne"}),
        (
            {"enfants": [{"prenom": "Loïc", "ne": "2020-02-31"}, {"prenom": "Maï", "ne": "2021-02-01"}]},
            {"enfants": [{"prenom": "Loïc"}, {"prenom": "Maï", "ne": "2021-02-01"}]},
        ),
        ({"nom": "Anne", "choix": ["a", "z", "b"]}, {"nom": "Anne", "choix": ["a", "b"]}),
        ({"nom": "Anne", "enfants": [{"prenom": str(n)} for n in range(4)]}, {"nom": "Anne"}),
    ],
)
def test_what_is_wrong_goes_and_the_rest_stays(said: dict[str, Any], kept: dict[str, Any]) -> None:
    before = repr(said)

    assert right_part(FORM, "foyer", said) == kept
    assert repr(said) == before


def test_a_page_wrong_as_a_whole_keeps_nothing() -> None:
    form = Form({"properties": {"p": {"type": "object", "maxProperties": 1}}})

    assert right_part(form, "p", {"a": 1, "b": 2}) == {}
