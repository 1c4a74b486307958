"""What a form says beyond JSON Schema: words in `x-…`, which validators leave alone and `procedure check` knows."""

from collections.abc import Iterator, Mapping
from typing import Any

from catalogue.computations import COMPUTATIONS, Computed
from catalogue.formats.commune import COMMUNES
from catalogue.schemas import Schema, fields, pointer_of, resolved
from domain.sentence import N_

ANNOTATIONS = {
    "x-recommended": N_("une réponse conseillée, jamais bloquante : true, ou la phrase qui dit pourquoi"),
    "x-computed": N_('un champ calculé : {"sum": ["/page/champ"]}, avec "readOnly": true'),
    "x-depends-on": N_("le champ voisin dont la réponse restreint les choix de celui-ci"),
    "x-place": N_("true sur la commune d'où dépend la répartition des dossiers"),
    "x-past": N_("une date passée : true, ou le nombre d'années au-delà duquel elle est refusée"),
    "x-near": N_("une date proche : combien d'années avant et après aujourd'hui elle est admise, [5, 10]"),
    "x-after": N_("le champ voisin dont la date ne vient pas après celle-ci"),
    "x-confirm": N_("de combien à combien d'années une date est ordinaire : au-delà, elle est à confirmer"),
    "x-total": N_("les montants dont celui-ci est la somme"),
}
ADVISED = N_("Cette réponse n'est pas obligatoire, mais elle aide à traiter votre demande.")


def places(schema: Schema) -> dict[str, bool]:
    """The communes that a form asks for, once each: their pointers, and whether `x-place` chooses them."""
    asked = ((pointer_of(place), field) for place, field, _ in fields(schema) if field.get("format") in COMMUNES)
    return {pointer: field.get("x-place") is True for pointer, field in asked if pointer}


def place_of(schema: Schema) -> str:
    """The pointer of the commune by which dossiers are dispatched: the chosen one, or the first; empty without any."""
    known = places(schema)
    return next((pointer for pointer, chosen in known.items() if chosen), next(iter(known), ""))


def computed_fields(schema: Schema) -> Iterator[Computed]:
    """The computed fields of a form; one whose annotation is wrong is left to `procedure check`."""
    for place, field, _ in fields(schema):
        match field.get("x-computed"), pointer_of(place):
            case {**said}, str(pointer) if len(said) == 1:
                computation, of = next((str(key), value) for key, value in said.items())
                if computation in COMPUTATIONS and isinstance(of, list):
                    yield Computed(pointer=pointer, computation=computation, of=tuple(map(str, of)))
            case _:
                pass


def recommends(schema: Schema) -> bool:
    """Whether some field is recommended."""
    return any(field.get("x-recommended") for _, field, _ in fields(schema))


def unanswered(schema: Schema, data: Any, root: Schema, pointer: str = "") -> Iterator[tuple[str, str]]:
    """The recommended fields left without an answer in the objects that are there: pointer, sentence."""
    if isinstance(data, list):
        items = resolved(schema.get("items", {}), root)
        for index, each in enumerate(data):
            yield from unanswered(items, each, root, f"{pointer}/{index}")
    elif isinstance(data, Mapping):
        for name, each in schema.get("properties", {}).items():
            field, place, given = resolved(each, root), f"{pointer}/{name}", data.get(name)
            if given in (None, "", [], {}):
                said = field.get("x-recommended")
                yield from [(place, said if isinstance(said, str) else ADVISED)] if said else ()
            else:
                yield from unanswered(field, given, root, place)
