"""Answers and groups that pages know how to show: oui/non/ne sait pas, and addresses."""

from collections.abc import Iterator
from typing import Any

from catalogue.checks.subject import Subject
from catalogue.errors import Fault
from catalogue.schemas import Schema, fields
from domain.sentence import N_, Sentence

UNKNOWN = "ne_sait_pas"
OTHERWISE = frozenset({"nsp", "inconnu", "unknown", "je_ne_sais_pas", "sait_pas", "ne-sait-pas", "?"})
YES_NO = (
    '"oneOf": [{"const": "oui", "title": "Oui"}, {"const": "non", "title": "Non"}, '
    '{"const": "ne_sait_pas", "title": "Je ne sais pas"}]'
)
ADDRESS = ("voie", "code_postal", "ville")
ABROAD = {"required": ["pays"]}
OF_ADDRESS = frozenset({*ADDRESS, "complement", "lieu_dit", "commune", "pays"})


def answers(subject: Subject) -> Iterator[Fault]:
    """Every form of the folder."""
    for path in sorted(subject.forms.glob("*.json")):
        name = f"forms_schemas/{subject.slug}/{path.name}"
        for place, field, _ in fields(subject.form(path.stem).schema):
            yield from (Fault(name, 0, place, what, YES_NO) for what in _yes_no(field))
            if field.get("format") == "address":
                yield from _address(name, place, field)


def _yes_no(field: Schema) -> Iterator[str]:
    known: list[Any] = [each.get("const") for each in field.get("oneOf", ()) if isinstance(each, dict)]
    known = known or list(field.get("enum", ()))
    if {"yes", "no"} & set(map(str, known)):
        yield N_("une question fermée se répond « oui », « non » et, s'il le faut, « ne_sait_pas ».")
    if {"oui", "non"} <= set(map(str, known)):
        for value in sorted(OTHERWISE & set(map(str, known))):
            yield Sentence("« {value} » s'écrit « {unknown} », comme partout ailleurs.", value=value, unknown=UNKNOWN)
        wanted = [value for value in ("oui", "non", UNKNOWN) if value in known]
        if UNKNOWN in known and known != wanted:
            yield N_("« ne_sait_pas » vient après « oui » et « non », et sans autre réponse.")


def _address(name: str, place: str, field: Schema) -> Iterator[Fault]:
    """`format` says nothing of an object to a validator: its fields are what makes it an address."""
    right = '"required": ["voie", "code_postal", "ville"]'
    inner = field.get("properties", {})
    if missing := [each for each in ADDRESS if each not in inner or each not in field.get("required", ())]:
        what = Sentence(
            "une adresse a et exige {wanted} ; il manque {missing}.",
            wanted=", ".join(f"« {each} »" for each in ADDRESS),
            missing=", ".join(missing),
        )
        yield Fault(name, 0, place, what, right)
    if others := sorted(inner.keys() - OF_ADDRESS):
        what = Sentence("« {known} » n'est pas un champ d'une adresse.", known=", ".join(others))
        yield Fault(name, 0, place, what, ", ".join(sorted(OF_ADDRESS)))
    if "code_postal" in inner and not _patterned(field):
        what = Sentence("un code postal a cinq chiffres, et un motif qui le dit (hors de France, un pays).")
        yield Fault(name, 0, f"{place}/properties/code_postal", what, '"pattern": "^[0-9]{5}$"')


def _patterned(field: Schema) -> bool:
    """Whether the postal code has its five digits: always, or at least where no country is named."""
    at_home: Schema = field.get("else", {}) if field.get("if") == ABROAD else field
    return "pattern" in at_home.get("properties", {}).get("code_postal", {})
