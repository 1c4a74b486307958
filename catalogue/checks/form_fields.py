"""A form as a person fills it in: pages with titles, questions with words, answers with bounds."""

import re
from collections.abc import Iterator
from typing import Any

from catalogue.checks.links import choices
from catalogue.checks.subject import Subject
from catalogue.errors import Fault
from catalogue.formats import FORMATS
from catalogue.schemas import Schema, fields, subschemas
from domain.sentence import N_, Sentence

DEPTH, FIELDS = 6, 200
WIDGETS = frozenset({"address"})
# The words of JSON Schema that the form's pages know how to show; another one is a typing error or a surprise.
WORDS = frozenset(
    re.split(
        r"\s+",
        """$schema $id $defs $ref $comment title description examples type const enum format pattern properties items
        required dependentRequired dependentSchemas additionalProperties unevaluatedProperties if then else allOf anyOf
        oneOf not contains minLength maxLength minimum maximum minItems maxItems uniqueItems default readOnly""",
    )
)


def forms(subject: Subject) -> Iterator[Fault]:
    """Every form of the folder."""
    for path in sorted(subject.forms.glob("*.json")):
        name = f"forms_schemas/{subject.slug}/{path.name}"
        schema = subject.form(path.stem).schema
        yield from _words(name, schema)
        yield from _bounds(name, schema)
        if path.stem == f"v{subject.plan.form}":
            yield from _pages(name, schema)


def _pages(name: str, schema: Schema) -> Iterator[Fault]:
    if not schema.get("properties"):
        yield Fault(name, 0, "/properties", N_("le formulaire n'a aucune page."), '"demandeur": {"type": "object", …}')
    for page, inner in schema.get("properties", {}).items():
        if inner.get("type") != "object" or not inner.get("title"):
            what = N_("une page est un objet qui a un titre : c'est ce que la personne lit en haut de l'écran.")
            yield Fault(name, 0, f"/properties/{page}", what, '"type": "object", "title": "Qui demande ?"')


def _bounds(name: str, schema: Schema) -> Iterator[Fault]:
    every = list(fields(schema))
    if len(every) > FIELDS:
        yield Fault(
            name,
            0,
            "/",
            Sentence("le formulaire a {count} champs ; {fields} au plus.", count=len(every), fields=FIELDS),
            N_("séparez-le en deux"),
        )
    yield from _object(name, "/", schema)
    for pointer, field, depth in every:
        if depth > DEPTH:
            what = Sentence(
                "le champ est au niveau {depth} ; {most} au plus, personne ne s'y retrouverait.",
                depth=depth,
                most=DEPTH,
            )
            yield Fault(name, 0, pointer, what, N_("remontez-le d'un niveau"))
        if not field.get("title") and not pointer.endswith("/items"):
            what = Sentence("le champ n'a pas de titre : la question ne serait pas posée.")
            yield Fault(name, 0, pointer, what, '"title": "Nom"')
        yield from _field(name, pointer, field)


# What each sort of field must say: the word, what is wrong without it, what is right.
MUST_SAY = {
    "string": (("maxLength", N_("le texte n'a pas de longueur maximale."), '"maxLength": 120'),),
    "array": (
        ("maxItems", N_("la liste n'a pas de nombre maximal d'éléments."), '"maxItems": 20'),
        ("items", N_("la liste ne dit pas de quoi elle est faite."), '"items": {"type": "string", "maxLength": 80}'),
    ),
    "integer": (
        ("minimum", N_("le nombre n'a pas de minimum."), '"minimum": 0'),
        ("maximum", N_("le nombre n'a pas de maximum."), '"maximum": 40'),
    ),
    "object": (),
    "boolean": (),
}


def _field(name: str, pointer: str, field: Schema) -> Iterator[Fault]:
    kind, closed = field.get("type"), bool(choices(field))
    if kind == "number":
        what = N_("un nombre à virgule se perd en route : un montant est un texte.")
        yield Fault(name, 0, pointer, what, '"type": "string", "format": "money", "maxLength": 15')
    elif kind not in MUST_SAY:
        if not closed and not {"const", "$ref"} & field.keys():
            yield Fault(name, 0, pointer, N_("le champ ne dit pas de quelle sorte il est."), '"type": "string"')
    elif not closed:
        for word, what, right in MUST_SAY[kind]:
            if word not in field:
                yield Fault(name, 0, pointer, what, right)
    if kind == "object":
        yield from _object(name, pointer, field)


def _object(name: str, pointer: str, schema: Schema) -> Iterator[Fault]:
    """A group of fields refuses those it does not know, and requires only those it has."""
    if schema.get("additionalProperties") is not False and schema.get("unevaluatedProperties") is not False:
        what = N_("l'objet admet n'importe quel champ : une faute de frappe passerait sans être vue.")
        yield Fault(name, 0, pointer, what, '"additionalProperties": false')
    known = set(schema.get("properties", {}))
    right = '"required": ["nom"], une question qui figure sous « properties »'
    for wanted in sorted(set(_required(schema)) - known):
        yield Fault(
            name,
            0,
            pointer,
            Sentence("« {wanted} » est exigé et n'existe pas : personne ne pourrait déposer.", wanted=wanted),
            right,
        )


def _required(schema: Schema) -> Iterator[str]:
    yield from schema.get("required", ())
    for each in schema.get("dependentRequired", {}).values():
        yield from each
    for keyword in ("if", "then", "else"):
        if isinstance(inner := schema.get(keyword), dict):
            yield from _required(inner)
    for inner in [*schema.get("allOf", ()), *schema.get("anyOf", ()), *schema.get("dependentSchemas", {}).values()]:
        yield from _required(inner)


def _words(name: str, schema: Schema) -> Iterator[Fault]:
    for pointer, each in subschemas(schema):
        for word in sorted(word for word in set(each) - WORDS if not word.startswith("x-")):
            what = Sentence("« {word} » n'est pas un mot des formulaires : il serait ignoré.", word=word)
            yield Fault(name, 0, pointer, what, '"maxLength": 120')
        if (given := each.get("format")) is not None and given not in FORMATS and given not in WIDGETS:
            known = ", ".join(sorted([*FORMATS, *WIDGETS]))
            yield Fault(
                name,
                0,
                pointer,
                Sentence("le format « {given} » n'est pas connu : rien ne serait vérifié.", given=given),
                known,
            )
        pattern = each.get("pattern")
        if isinstance(pattern, str) and not (pattern.startswith("^") and pattern.endswith("$")):
            what = Sentence(
                "le motif « {pattern} » n'est pas ancré : il admettrait n'importe quoi autour.", pattern=pattern
            )
            yield Fault(name, 0, pointer, what, '"pattern": "^[0-9]{5}$"')
        yield from _choice(name, pointer, each)


def _choice(name: str, pointer: str, schema: Schema) -> Iterator[Fault]:
    options: list[Any] = [each for each in schema.get("oneOf", ()) if isinstance(each, dict)]
    if any("const" in each for each in options) and not all({"const", "title"} <= each.keys() for each in options):
        what = N_("chaque réponse proposée a une valeur et un titre.")
        yield Fault(name, 0, pointer, what, '{"const": "oui", "title": "Oui"}')
