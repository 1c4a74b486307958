"""What a form says in `x-…` words: each is known, on a field that can bear it, and leads to fields that exist."""

from collections.abc import Iterator
from difflib import get_close_matches

from catalogue.checks.linked_choices import linked_choices
from catalogue.checks.subject import Subject
from catalogue.errors import Fault, meant
from catalogue.extensions import ANNOTATIONS, places
from catalogue.formats.commune import COMMUNES
from catalogue.schemas import Schema, fields, pointer_of, subschemas
from domain.sentence import N_, Listed, Sentence, Verbatim

RECOMMENDED = '"x-recommended": "Sans ce numéro, nous devrons le demander à votre caisse."'


def extensions(subject: Subject) -> Iterator[Fault]:
    """Every form of the folder."""
    for path in sorted(subject.forms.glob("*.json")):
        name = f"forms_schemas/{subject.slug}/{path.name}"
        schema = subject.form(path.stem).schema
        yield from _unknown(name, schema)
        yield from _borne_by_fields(name, schema)
        yield from _places(name, schema)
        for place, field, _ in fields(schema):
            yield from _recommended(name, place, field)
        yield from linked_choices(name, schema)


def _unknown(name: str, schema: Schema) -> Iterator[Fault]:
    for place, each in subschemas(schema):
        for word in sorted(word for word in each if word.startswith("x-") and word not in ANNOTATIONS):
            close = get_close_matches(word, ANNOTATIONS, n=1)
            what = Sentence("l'annotation « {word} » n'est pas connue : elle serait ignorée.", word=Verbatim(word))
            known = Listed((Listed((Verbatim(each), what), " : ") for each, what in ANNOTATIONS.items()), " ; ")
            yield Fault(name, 0, place, Listed((what, *map(meant, close)), " "), known)


def _borne_by_fields(name: str, schema: Schema) -> Iterator[Fault]:
    """An annotation in a condition (`if`, `then`, `allOf`…) is read by nobody."""
    own = {place for place, _, _ in fields(schema)}
    for place, each in subschemas(schema):
        if place not in own and not place.startswith("/$defs/"):
            for word in sorted(ANNOTATIONS.keys() & each.keys()):
                what = Sentence(
                    "« {word} » n'est lu que sur un champ, et ce n'en est pas un : il serait ignoré.", word=word
                )
                yield Fault(name, 0, place, what, N_("écrivez-le à côté du titre du champ, sous « properties »"))


def _places(name: str, schema: Schema) -> Iterator[Fault]:
    known = places(schema)
    for place, field, _ in fields(schema):
        if "x-place" in field and (field.get("format") not in COMMUNES or pointer_of(place) is None):
            what = N_("« x-place » ne va que sur une commune, hors d'un bloc répété.")
            yield Fault(name, 0, place, what, '"format": "commune", "x-place": true')
    chosen = [pointer for pointer, is_chosen in known.items() if is_chosen]
    if len(chosen) > 1 or (len(known) > 1 and not chosen):
        what = Sentence(
            "le formulaire demande plusieurs communes ({known}) : une seule répartit les dossiers.",
            known=", ".join(known),
        )
        yield Fault(name, 0, "/", what, '"x-place": true sur celle où vit la personne, ou que la demande concerne')


def _recommended(name: str, place: str, field: Schema) -> Iterator[Fault]:
    said = field.get("x-recommended")
    if said is not None and said is not True and not (isinstance(said, str) and said.strip()):
        what = N_("« x-recommended » est true, ou la phrase qui dit pourquoi répondre.")
        yield Fault(name, 0, place, what, RECOMMENDED)
