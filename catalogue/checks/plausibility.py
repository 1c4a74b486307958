"""Every date says what would be absurd, so that nobody is born tomorrow; every total says what it adds up."""

from collections.abc import Iterator, Mapping
from typing import Any

from catalogue.checks.subject import Subject
from catalogue.errors import Fault
from catalogue.formats.days import DAYS
from catalogue.formats.money import MONEY
from catalogue.schemas import Schema, data_path, fields
from domain.sentence import N_, Sentence

RIGHT = '"x-past": 130, "x-confirm": [16, 105], ou "x-near": [5, 10], "x-after": "du"'
TOTAL = '"format": "money", "x-total": ["/aides/*/montant"]'
DATED = ("x-past", "x-near", "x-after", "x-confirm")
Known = Mapping[tuple[str, ...], Schema]


def plausible(subject: Subject) -> Iterator[Fault]:
    """The forms of the version that is written; those of earlier ones never change."""
    for file in sorted(set(subject.named_forms.values())):
        if not (subject.forms / f"{file}.json").exists():
            continue
        name, every = f"forms_schemas/{subject.slug}/{file}.json", list(fields(subject.form(file).schema))
        known = {data_path(place): field for place, field, _ in every}
        for place, field, _ in every:
            dated = field.get("format") in DAYS
            wrong = _of_a_date(place, field, known) if dated else _of_another(field)
            yield from (Fault(name, 0, place, what, RIGHT) for what in wrong)
            if "x-total" in field and not _adds_up(field, known):
                what = N_("« x-total » va sur un montant, et nomme des montants du même formulaire.")
                yield Fault(name, 0, place, what, TOTAL)


def _of_a_date(place: str, field: Schema, known: Known) -> Iterator[str]:
    if "x-past" not in field and "x-near" not in field:
        yield N_("cette date admet l'an 1900 comme l'an 2100 : dites si elle est passée, ou à combien d'années.")
    if not (field.get("x-past", True) is True or _years(field["x-past"])):
        yield N_("« x-past » est true, ou un nombre d'années.")
    match field.get("x-near", [1, 1]):
        case [before, after] if _years(before) and _years(after):
            pass
        case _:
            yield N_("« x-near » est deux nombres d'années : combien avant, combien après.")
    if (first := field.get("x-after")) is not None:
        neighbour: Schema = known.get((*data_path(place)[:-1], str(first)), {})
        if neighbour.get("format") not in DAYS:
            yield Sentence("« {first} » n'est pas une date du même groupe.", first=first)
    match field.get("x-confirm"):
        case None:
            pass
        case [int(least), int(most)] if 0 <= least < most:
            pass
        case _:
            yield N_("« x-confirm » dit de combien à combien d'années une date est ordinaire.")


def _of_another(field: Schema) -> Iterator[str]:
    for word in DATED:
        if word in field:
            yield Sentence("« {word} » ne va que sur une date.", word=word)


def _adds_up(field: Schema, known: Known) -> bool:
    said: Any = field["x-total"]
    if field.get("format") != MONEY.name or not isinstance(said, list) or not said:
        return False
    return all(known.get(tuple(str(of).split("/")[1:]), {}).get("format") == MONEY.name for of in said)


def _years(said: object) -> bool:
    return type(said) is int and said > 0
