"""Linked choices: the answer to one question narrows the next, by `if`/`then` alone; `x-depends-on` tells pages so."""

from collections.abc import Iterator, Mapping
from typing import Any

from catalogue.checks.links import choices
from catalogue.errors import Fault
from catalogue.schemas import Schema, fields, resolved
from domain.sentence import N_, Sentence

RIGHT = (
    '"allOf": [{"if": {"properties": {"domaine": {"const": "sport"}}, "required": ["domaine"]}, '
    '"then": {"properties": {"action": {"enum": ["stage", "tournoi"]}}}}]'
)


def linked_choices(name: str, schema: Schema) -> Iterator[Fault]:
    """Each field with `x-depends-on`: what it depends on, and a list for each answer."""
    objects = [("", schema), *((place, field) for place, field, _ in fields(schema))]
    for place, holder in objects:
        for own, each in holder.get("properties", {}).items():
            field = resolved(each, schema)
            if (first := field.get("x-depends-on")) is not None:
                at = f"{place}/properties/{own}"
                yield from (Fault(name, 0, at, what, RIGHT) for what in _wrong(holder, str(first), own, field, schema))


def _wrong(holder: Schema, first: str, own: str, field: Schema, root: Schema) -> Iterator[str]:
    before = resolved(holder.get("properties", {}).get(first, {}), root)
    answers, every = choices(before), choices(field)
    if not answers or first == own:
        yield Sentence(
            "« {first} » n'est pas une question voisine à choix fermé : rien ne peut en dépendre.", first=first
        )
        return
    if not every:
        yield N_("la question qui dépend d'une autre dit d'abord tous ses choix (« oneOf »), avec leurs titres.")
        return
    offered: list[Any] = []
    for answer in answers:
        narrowed = _narrowed(holder, first, own, answer)
        if narrowed is None:
            yield Sentence(
                "si « {first} » vaut « {answer} », aucun « then » ne dit quels choix restent.",
                first=first,
                answer=answer,
            )
            continue
        offered += narrowed
        for value in (value for value in narrowed if value not in every):
            yield Sentence(
                "si « {first} » vaut « {answer} », « {value} » est proposé et n'est pas un choix de « {own} ».",
                first=first,
                answer=answer,
                value=value,
                own=own,
            )
    for value in (value for value in every if offered and value not in offered):
        yield Sentence(
            "« {value} » n'est proposé pour aucune réponse à « {first} » : personne ne pourrait le choisir.",
            value=value,
            first=first,
        )


def _narrowed(holder: Schema, first: str, own: str, answer: Any) -> list[Any] | None:
    """The choices left for an answer; None when no condition on it, with its `required`, says any."""
    for each in (holder, *holder.get("allOf", ())):
        condition, then = each.get("if"), each.get("then")
        if not isinstance(condition, Mapping) or not isinstance(then, Mapping):
            continue
        asked = condition.get("properties", {}).get(first, {})
        if first not in condition.get("required", ()) or answer not in [*asked.get("enum", ()), asked.get("const")]:
            continue
        left = then.get("properties", {}).get(own, {})
        if known := ([left["const"]] if "const" in left else choices(left)):
            return known
    return None
