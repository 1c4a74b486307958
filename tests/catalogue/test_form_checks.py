"""The rules of forms: each broken once in a form that was right, each told with its place."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from catalogue.checks import form_fields
from tests.catalogue.drafts import Draft

NAME = {"type": "string", "title": "Nom", "maxLength": 120}
# The field put at /demandeur/nom, and what check must say of it.
FIELDS: list[tuple[dict[str, Any], str]] = [
    ({"type": "string", "title": "Nom"}, "le texte n'a pas de longueur maximale"),
    ({"type": "string", "maxLength": 120}, "le champ n'a pas de titre"),
    ({"type": "number", "title": "Montant"}, "un montant est un texte"),
    ({"type": "integer", "title": "Âge", "minimum": 0}, "le nombre n'a pas de maximum"),
    ({"type": "integer", "title": "Âge", "maximum": 9}, "le nombre n'a pas de minimum"),
    ({"type": "array", "title": "Noms", "items": NAME}, "la liste n'a pas de nombre maximal d'éléments"),
    ({"type": "array", "title": "Noms", "maxItems": 3}, "la liste ne dit pas de quoi elle est faite"),
    ({"title": "Nom"}, "le champ ne dit pas de quelle sorte il est"),
    ({"type": "object", "title": "Nom", "properties": {}}, "l'objet admet n'importe quel champ"),
    (NAME | {"format": "telephone"}, "le format « telephone » n'est pas connu"),
    (NAME | {"pattern": "[0-9]+"}, "le motif « [0-9]+ » n'est pas ancré"),
    (NAME | {"maxLenght": 3}, "« maxLenght » n'est pas un mot des formulaires"),
    ({"type": "string", "title": "?", "oneOf": [{"const": "oui"}]}, "chaque réponse proposée a une valeur et un titre"),
    ({"$ref": "https://example.org/nom.json", "title": "Nom"}, "mène hors du fichier"),
    ({"$ref": "#/$defs/nom", "title": "Nom"}, "« #/$defs/nom » ne mène à rien"),
    (NAME | {"maxLength": "beaucoup"}, "ce n'est pas un schéma JSON valide"),
    (NAME | {"if": {"const": "x"}, "then": {"required": ["absent"]}}, ""),
]


def _with(draft: Draft, change: Any) -> None:
    file = draft.file("v1.json")
    schema = json.loads(file.read_text(encoding="utf-8"))
    change(schema)
    file.write_text(json.dumps(schema), encoding="utf-8")


@pytest.mark.parametrize(("field", "said"), FIELDS, ids=[said or "nothing" for _, said in FIELDS])
def test_a_field_that_breaks_a_rule_is_told(tmp_path: Path, field: dict[str, Any], said: str) -> None:
    """With its pointer in the file."""
    draft = Draft(tmp_path, "acces-documents")
    _with(draft, lambda schema: schema["properties"]["demandeur"]["properties"].update(nom=field))
    found = [fault for fault in draft.faults() if "demandeur/properties/nom" in fault.where]
    assert [said in fault.what for fault in found] == ([True] if said else [])


def test_a_page_is_an_object_with_a_title(tmp_path: Path) -> None:
    """The title is what stands on top of the page."""
    draft = Draft(tmp_path, "acces-documents")
    _with(draft, lambda schema: schema["properties"]["forme"].pop("title"))
    assert "une page est un objet qui a un titre" in draft.said()
    _with(draft, lambda schema: schema["properties"].clear())
    assert "le formulaire n'a aucune page" in draft.said()


@pytest.mark.parametrize("keyword", ["then", "allOf", "dependentRequired"])
def test_a_required_field_must_exist(tmp_path: Path, keyword: str) -> None:
    """Otherwise nobody could ever file."""
    wanted: Any = {"then": {"required": ["absent"]}, "allOf": [{"required": ["absent"]}]}
    wanted["dependentRequired"] = {"nom": ["absent"]}
    draft = Draft(tmp_path, "acces-documents")
    _with(draft, lambda schema: schema["properties"]["demandeur"].update({keyword: wanted[keyword]}))
    assert "« absent » est exigé et n'existe pas" in draft.said()


def test_a_form_is_neither_too_deep_nor_too_long(tmp_path: Path) -> None:
    """Nobody would find their way."""
    deep: dict[str, Any] = dict(NAME)
    for _ in range(form_fields.DEPTH):
        deep = {"type": "object", "title": "Dans", "additionalProperties": False, "properties": {"dans": deep}}
    draft = Draft(tmp_path, "acces-documents")
    many = {f"champ{index}": NAME for index in range(form_fields.FIELDS)}
    _with(draft, lambda schema: schema["properties"]["demandeur"]["properties"].update(deep=deep, **many))
    assert "le champ est au niveau 7 ; 6 au plus" in draft.said()
    assert "; 200 au plus" in draft.said()


@pytest.mark.parametrize(
    ("text", "said"), [("{", "ce n'est pas du JSON"), ("[]", "dans quelle version"), ("{}", "dans")]
)
def test_a_file_that_is_no_schema_is_told_alone(tmp_path: Path, text: str, said: str) -> None:
    """And nothing else fails because of it."""
    draft = Draft(tmp_path, "acces-documents")
    draft.file("communication.v1.json").write_text(text, encoding="utf-8")
    (fault,) = draft.faults()
    assert said in fault.what
    assert fault.file == "forms_schemas/acces-documents/communication.v1.json"
