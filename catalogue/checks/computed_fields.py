"""Computed fields: read-only, named by a computation that exists, from answers of the same page."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from catalogue.checks.subject import Subject
from catalogue.computations import COMPUTATIONS
from catalogue.errors import Fault
from catalogue.formats.days import DATE
from catalogue.formats.money import MONEY
from catalogue.schemas import Schema, fields, pointer_of
from domain.sentence import N_, Sentence

RIGHT = '"readOnly": true, "x-computed": {"sum": ["/ressources/pension", "/ressources/loyers/*/montant"]}'
ELSEWHERE = N_("seul le formulaire de la demande a des champs calculés ; ceux du service se calculent par rules.py.")


def computed_fields(subject: Subject) -> Iterator[Fault]:
    """Every form of the folder."""
    for path in sorted(subject.forms.glob("*.json")):
        name = f"forms_schemas/{subject.slug}/{path.name}"
        schema = subject.form(path.stem).schema
        known = {_data_pointer(place): field for place, field, _ in fields(schema)}
        for place, field, _ in fields(schema):
            said = field.get("x-computed")
            if (said is not None) != (field.get("readOnly") is True):
                what = N_(
                    "un champ calculé est en lecture seule, et un champ en lecture seule dit comment il se calcule."
                )
                yield Fault(name, 0, place, what, RIGHT)
            if said is not None:
                elsewhere = [] if path.stem.startswith("v") and path.stem[1:].isdigit() else [ELSEWHERE]
                yield from (Fault(name, 0, place, what, RIGHT) for what in [*elsewhere, *_wrong(place, said, known)])


def _wrong(place: str, said: Any, known: Mapping[str, Schema]) -> Iterator[str]:
    if (pointer := pointer_of(place)) is None:
        yield N_("un champ calculé est hors d'un bloc répété : il en fait la somme, il n'est pas dedans.")
        return
    if not isinstance(said, dict) or len(said) != 1 or not all(isinstance(of, list) and of for of in said.values()):
        yield N_("« x-computed » nomme un calcul et la liste des champs dont il part.")
        return
    ((computation, of),) = said.items()
    if computation not in COMPUTATIONS:
        yield Sentence(
            "le calcul « {computation} » n'existe pas ; il y a {known}.",
            computation=computation,
            known=", ".join(COMPUTATIONS),
        )
    yield from _wrong_sources(pointer, str(computation), of, known)
    sources = [known[each] for each in map(str, of) if each in known]
    money = computation == "sum" and any(source.get("format") == MONEY.name for source in sources)
    if money != (known[pointer].get("format") == MONEY.name) or (money and not _all_money(sources)):
        yield N_("une somme de montants est un montant (« money ») ; tout autre calcul donne un nombre entier.")
    holder, _, name = pointer.rpartition("/")
    if name in known.get(holder, {}).get("required", ()):
        yield N_("un champ calculé n'est pas exigé de la personne : le serveur l'écrit.")


def _wrong_sources(pointer: str, computation: str, of: Sequence[Any], known: Mapping[str, Schema]) -> Iterator[str]:
    page = f"/{pointer.split('/')[1]}/"
    if computation == "age" and len(of) != 2:
        yield N_("un âge se calcule entre deux dates du formulaire : la naissance, puis le jour.")
    for each in map(str, of):
        if each not in known:
            yield Sentence("« {each} » n'est pas un champ du formulaire.", each=each)
        elif not each.startswith(page):
            yield Sentence(
                "« {each} » est sur une autre page : un calcul reste dans la sienne, qui se vérifie seule.", each=each
            )
        elif "x-computed" in known[each]:
            yield Sentence("« {each} » est lui-même calculé : partez des réponses.", each=each)
        elif not _fits(computation, known[each]):
            yield Sentence(
                "« {each} » n'est pas de la sorte que « {computation} » calcule.", each=each, computation=computation
            )


def _fits(computation: str, source: Schema) -> bool:
    match computation:
        case "sum":
            return source.get("format") == MONEY.name or source.get("type") == "integer"
        case "age":
            return source.get("format") == DATE.name
        case _:
            return True


def _all_money(sources: Sequence[Schema]) -> bool:
    return all(source.get("format") == MONEY.name for source in sources)


def _data_pointer(place: str) -> str:
    """The pointer into the data of a field, `*` for the blocks of a repeated one."""
    parts, found = iter(place.split("/")[1:]), ""
    for part in parts:
        found += "/*" if part == "items" else f"/{next(parts)}"
    return found
