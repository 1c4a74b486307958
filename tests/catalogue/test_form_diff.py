"""The differences between two versions of a form, field by field, in French."""

from __future__ import annotations

import json
from copy import deepcopy
from typing import Any

import pytest

from catalogue.departement import ROOT
from catalogue.form_diff import form_diff

FORMS = sorted((ROOT / "forms_schemas").glob("*/v1.json"))
BEFORE: dict[str, Any] = {
    "properties": {
        "identite": {
            "title": "Identité",
            "type": "object",
            "required": ["nom"],
            "properties": {
                "nom": {"title": "Nom", "type": "string", "maxLength": 80},
                "ville": {"$ref": "#/$defs/ville"},
                "enfants": {"title": "Enfants", "type": "array", "items": {"properties": {"age": {"title": "Âge"}}}},
            },
        }
    },
    "$defs": {"ville": {"title": "Ville", "type": "string"}},
}


def said(edit: Any) -> list[str]:
    """What is said of an edit of that form."""
    after = deepcopy(BEFORE)
    edit(after["properties"]["identite"], after)
    return [change.sentence for change in form_diff(BEFORE, after)]


def test_a_field_that_comes_or_goes_or_becomes_required_is_told() -> None:
    assert said(lambda page, _: page["properties"].pop("ville")) == [
        "Le champ « Ville » est supprimé (/identite/ville)."
    ]
    assert said(lambda page, _: page["properties"].update(tel={"title": "Téléphone"})) == [
        "Le champ « Téléphone » est ajouté, facultatif (/identite/tel)."
    ]
    assert said(lambda page, _: page["required"].append("ville")) == [
        "Le champ « Ville » devient obligatoire (/identite/ville)."
    ]


def test_a_rule_of_a_field_says_both_values_at_any_depth() -> None:
    """Inside a shared definition, inside a repeated block."""
    assert said(lambda page, _: page["properties"]["nom"].update(maxLength=40)) == [
        "Le champ « Nom » : la longueur maximale passe de 80 à 40 (/identite/nom)."
    ]
    assert said(lambda _, whole: whole["$defs"]["ville"].update(title="Commune")) == [
        "Le champ « Ville » s'appelle désormais « Commune » (/identite/ville)."
    ]
    assert said(lambda page, _: page["properties"]["enfants"]["items"]["properties"]["age"].update(minimum=0)) == [
        "Le champ « Âge » : le minimum passe de rien à 0 (/identite/enfants/*/age)."
    ]


def test_what_nobody_would_read_is_only_said_to_change() -> None:
    """Neither a regular expression nor a condition is spelt out; an extension of ours has its words."""
    assert said(lambda page, _: page["properties"]["nom"].update(pattern="^[A-Z]+$")) == [
        "Le champ « Nom » : la forme attendue change (/identite/nom)."
    ]
    assert said(lambda page, _: page.update({"if": {"required": ["nom"]}, "then": {"required": ["ville"]}})) == [
        "Le champ « Identité » : les conditions entre ses réponses changent (/identite)."
    ]
    assert said(lambda page, _: page["properties"]["nom"].update({"x-past": 130})) == [
        "Le champ « Nom » : l'ancienneté admise (en années) passe de rien à 130 (/identite/nom)."
    ]


def test_a_condition_is_never_passed_over() -> None:
    """What no field shows is said of the whole form."""
    assert said(lambda _, whole: whole.update({"if": {"required": ["identite"]}})) == [
        "Les conditions entre les réponses, ou les textes d'ensemble, changent (formulaire)."
    ]
    assert len(said(lambda page, whole: (page["required"].append("ville"), whole.update({"if": {}})))) == 2


@pytest.mark.parametrize("file", FORMS, ids=lambda file: file.parent.name)
def test_a_shipped_form_differs_from_another_and_not_from_itself(file: Any) -> None:
    form = json.loads(file.read_text(encoding="utf-8"))

    assert form_diff(form, deepcopy(form)) == ()
    assert len(form_diff(form, {"properties": {}})) >= len(form["properties"])
