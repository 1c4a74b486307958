"""`check` knows every annotation: each broken once in a form that was right, each told with an example."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.catalogue.drafts import Draft
from tests.catalogue.every_format import written

Schema = dict[str, Any]


def _page(schema: Schema, page: str) -> Schema:
    found: Schema = schema["properties"][page]["properties"]
    return found


def _resources(total: Schema) -> Callable[[Schema], object]:
    return lambda schema: _page(schema, "ressources")["total"].update(total)


def _action(field: Schema) -> Callable[[Schema], object]:
    return lambda schema: _page(schema, "action")["action"].update(field)


def _branch(index: int, change: Callable[[Schema], object]) -> Callable[[Schema], object]:
    return lambda schema: change(schema["properties"]["action"]["allOf"][index])


YES = {"const": "oui", "title": "Oui"}
NO = {"const": "non", "title": "Non"}
# What is done to the form, and what check must say of it.
BROKEN: list[tuple[Callable[[Schema], object], str]] = [
    (_resources({"x-recomended": True}), "Vouliez-vous écrire « x-recommended » ?"),
    (_resources({"x-secret": 1}), "« x-secret » n'est pas connue : elle serait ignorée"),
    (lambda s: s["properties"]["action"]["allOf"][0]["then"].update({"x-place": True}), "n'est lu que sur un champ"),
    (lambda s: _page(s, "personne")["nir"].update({"x-recommended": ""}), "« x-recommended » est true, ou la phrase"),
    (lambda s: _page(s, "personne")["nir"].update({"x-place": True}), "« x-place » ne va que sur une commune"),
    (lambda s: _page(s, "personne")["commune"].pop("x-place"), "une seule répartit les dossiers"),
    (lambda s: _page(s, "personne")["chantier"].update({"x-place": True}), "une seule répartit les dossiers"),
    (lambda s: _page(s, "personne")["nir"].update({"readOnly": True}), "dit comment il se calcule"),
    (_resources({"readOnly": False}), "un champ calculé est en lecture seule"),
    (_resources({"x-computed": {"product": ["/ressources/pension"]}}), "le calcul « product » n'existe pas"),
    (_resources({"x-computed": ["/ressources/pension"]}), "« x-computed » nomme un calcul et la liste"),
    (_resources({"x-computed": {"sum": []}}), "« x-computed » nomme un calcul et la liste"),
    (_resources({"x-computed": {"sum": ["/ressources/rente"]}}), "« /ressources/rente » n'est pas un champ"),
    (_resources({"x-computed": {"sum": ["/personne/age"]}}), "est sur une autre page"),
    (_resources({"x-computed": {"sum": ["/ressources/biens"]}}), "est lui-même calculé"),
    (_resources({"x-computed": {"sum": ["/ressources/loyers/*/bien"]}}), "n'est pas de la sorte que « sum » calcule"),
    (_resources({"x-computed": {"count": ["/ressources/loyers/*"]}}), "tout autre calcul donne un nombre entier"),
    (lambda s: s["properties"]["ressources"]["required"].append("total"), "n'est pas exigé de la personne"),
    (lambda s: _page(s, "personne")["naissance"].pop("x-past"), "admet l'an 1900 comme l'an 2100"),
    (lambda s: _page(s, "personne")["naissance"].update({"x-past": "oui"}), "« x-past » est true, ou un nombre"),
    (lambda s: _page(s, "personne")["entree"].update({"x-near": 5}), "« x-near » est deux nombres d'années"),
    (lambda s: _page(s, "personne")["entree"].update({"x-after": "nir"}), "n'est pas une date du même groupe"),
    (lambda s: _page(s, "personne")["entree"].update({"x-confirm": [9, 3]}), "de combien à combien d'années"),
    (lambda s: _page(s, "personne")["nir"].update({"x-past": True}), "« x-past » ne va que sur une date"),
    (_resources({"x-total": ["/personne/nir"]}), "« x-total » va sur un montant"),
    (
        lambda s: _page(s, "personne")["age"].update({"x-computed": {"age": ["/personne/naissance"]}}),
        "un âge se calcule entre deux dates",
    ),
    (
        lambda s: _page(s, "ressources")["loyers"]["items"]["properties"]["montant"].update(
            {"readOnly": True, "x-computed": {"sum": ["/ressources/pension"]}}
        ),
        "un champ calculé est hors d'un bloc répété",
    ),
    (_action({"x-depends-on": "theme"}), "« theme » n'est pas une question voisine à choix fermé"),
    (lambda s: _page(s, "action")["action"].pop("oneOf"), "dit d'abord tous ses choix"),
    (_branch(0, lambda b: b["if"].pop("required")), "si « domaine » vaut « sport », aucun « then »"),
    (_branch(1, lambda b: b.pop("then")), "si « domaine » vaut « culture », aucun « then »"),
    (_branch(0, lambda b: b["then"]["properties"]["action"]["enum"].append("bal")), "« bal » est proposé et n'est pas"),
    (_branch(0, lambda b: b["then"]["properties"]["action"].update(enum=["stage"])), "« tournoi » n'est proposé pour"),
    (lambda s: s["$defs"]["oui_non_ne_sait_pas"].update(oneOf=[YES, NO, {"const": "nsp", "title": "?"}]), "s'écrit"),
    (lambda s: s["$defs"]["oui_non_ne_sait_pas"]["oneOf"].reverse(), "vient après « oui » et « non »"),
    (lambda s: s["$defs"]["oui_non_ne_sait_pas"]["oneOf"][0].update(const="yes"), "se répond « oui », « non »"),
    (lambda s: _page(s, "personne")["adresse"]["properties"].pop("ville"), "il manque ville"),
    (lambda s: _page(s, "personne")["adresse"]["required"].remove("voie"), "il manque voie"),
    (lambda s: _page(s, "personne")["adresse"]["properties"]["code_postal"].pop("pattern"), "un motif qui le dit"),
    (lambda s: _page(s, "personne")["adresse"]["properties"].update(etage={"type": "string"}), "« etage » n'est pas"),
]


def _draft(folder: Path, change: Callable[[Schema], object]) -> Draft:
    draft = Draft(folder, "acces-documents")
    form, example = written()
    schema: Schema = dict(form.schema)
    change(schema)
    draft.file("v1.json").write_text(json.dumps(schema), encoding="utf-8")
    both = json.loads(draft.file("example.json").read_text(encoding="utf-8"))
    draft.file("example.json").write_text(json.dumps(both | {"form": example}), encoding="utf-8")
    return draft


def _of_form(draft: Draft) -> list[str]:
    return [fault.sentence for fault in draft.faults() if fault.file == "forms_schemas/acces-documents/v1.json"]


def test_a_form_with_every_annotation_has_nothing_wrong(tmp_path: Path) -> None:
    """As `docs/forms.md` describes them."""
    assert _of_form(_draft(tmp_path, dict)) == []


@pytest.mark.parametrize(("change", "said"), BROKEN, ids=[said for _, said in BROKEN])
def test_a_wrong_annotation_is_told_with_an_example(tmp_path: Path, change: Any, said: str) -> None:
    """In the file, at its place."""
    told = _of_form(_draft(tmp_path, change))
    assert any(said in sentence for sentence in told), told
    assert all("Par exemple : " in sentence for sentence in told if said in sentence)


def test_what_the_service_writes_has_no_computed_field(tmp_path: Path) -> None:
    """Amounts there come from `rules.py`."""
    draft = Draft(tmp_path, "acces-documents")
    file = draft.file("communication.v1.json")
    schema = json.loads(file.read_text(encoding="utf-8"))
    field = {"type": "integer", "title": "N", "minimum": 0, "maximum": 9, "readOnly": True}
    schema["properties"]["n"] = field | {"x-computed": {"count": ["/n"]}}
    file.write_text(json.dumps(schema), encoding="utf-8")
    assert "seul le formulaire de la demande a des champs calculés" in draft.said()
