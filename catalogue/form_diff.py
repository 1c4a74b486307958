"""What changes from one version of a form to another, field by field, in French."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from domain.futures.plan_diff import Change
from domain.sentence import N_, Listed, Sentence, Verbatim

_ASIDE = frozenset({"title", "description", "properties", "items", "required", "$defs", "$ref", "$schema", "$id"})
WORDS = {
    "type": "le type",
    "format": "le format",
    "enum": "les réponses proposées",
    "oneOf": "les réponses proposées",
    "minLength": "la longueur minimale",
    "maxLength": "la longueur maximale",
    "minimum": "le minimum",
    "maximum": "le maximum",
    "minItems": "le nombre minimal",
    "maxItems": "le nombre maximal",
    "pattern": "la forme attendue",
    "const": "la seule réponse admise",
    "examples": "les exemples",
    "default": "la réponse proposée d'avance",
    "x-past": "l'ancienneté admise (en années)",
    "x-near": "l'écart admis avec aujourd'hui (en années, avant et après)",
    "x-after": "la date qui doit venir avant",
    "x-confirm": "ce qui n'est pas à confirmer (en années)",
}
WITHIN = frozenset({"allOf", "anyOf", "if", "then", "else", "dependentRequired", "dependentSchemas"})
"""Conditions between the answers of a group: that they change is told, once."""
UNREAD = frozenset({"pattern"})
"""Rules whose values nobody would read."""


@dataclass(frozen=True, slots=True)
class _Field:
    """A field of a form, by what people read and what it admits."""

    title: str
    description: str
    required: bool
    rules: Mapping[str, Any]


def form_diff(before: Mapping[str, Any], after: Mapping[str, Any]) -> tuple[Change, ...]:
    """Fields added, removed and changed between two schemas; nothing exactly when they are equal."""
    if before == after:
        return ()
    found = tuple(_changes(dict(_fields(before, before)), dict(_fields(after, after))))
    if found and _around(before) == _around(after):
        return found
    whole = N_("Les conditions entre les réponses, ou les textes d'ensemble, changent (formulaire).")
    return (*found, Change("form", None, None, whole))


def _around(schema: Mapping[str, Any]) -> dict[str, Any]:
    """What the form says beside its fields."""
    return {word: value for word, value in schema.items() if word not in {"properties", "$defs", "required"}}


def _changes(old: Mapping[str, _Field], new: Mapping[str, _Field]) -> Iterator[Change]:
    for pointer, one in old.items():
        if pointer not in new:
            yield _change(pointer, one.title, None, N_("Le champ « {title} » est supprimé ({pointer})."), one)
    for pointer, one in new.items():
        was = old.get(pointer)
        if was is None:
            added = (
                N_("Le champ « {title} » est ajouté, obligatoire ({pointer}).")
                if one.required
                else N_("Le champ « {title} » est ajouté, facultatif ({pointer}).")
            )
            yield _change(pointer, None, one.title, added, one)
        elif was != one:
            yield from _changed(pointer, was, one)


def _changed(pointer: str, was: _Field, one: _Field) -> Iterator[Change]:
    if was.title != one.title:
        renamed = N_("Le champ « {title} » s'appelle désormais « {now} » ({pointer}).")
        yield _change(pointer, was.title, one.title, renamed, was, now=one.title)
    if was.required != one.required:
        turned = (
            N_("Le champ « {title} » devient obligatoire ({pointer}).")
            if one.required
            else N_("Le champ « {title} » n'est plus obligatoire ({pointer}).")
        )
        yield _change(pointer, was.required, one.required, turned, was)
    if was.description != one.description:
        explained = N_("Le champ « {title} » : l'explication change ({pointer}).")
        yield _change(pointer, was.description, one.description, explained, was)
    for word in sorted(was.rules.keys() | one.rules.keys()):
        before, after = was.rules.get(word), one.rules.get(word)
        if before == after or word in WITHIN:
            continue
        if word in UNREAD:
            yield _change(
                pointer, before, after, N_("Le champ « {title} » : {what} change ({pointer})."), was, what=WORDS[word]
            )
        else:
            moves = N_("Le champ « {title} » : {what} passe de {old} à {new} ({pointer}).")
            said = {
                "what": WORDS.get(word) or Verbatim(f"« {word} »"),
                "old": _said(before),
                "new": _said(after),
            }
            yield _change(pointer, before, after, moves, was, **said)
    old, new = ({word: rules[word] for word in WITHIN & rules.keys()} for rules in (was.rules, one.rules))
    if old != new:
        conditions = N_("Le champ « {title} » : les conditions entre ses réponses changent ({pointer}).")
        yield _change(pointer, old, new, conditions, was)


def _change(pointer: str, before: Any, after: Any, text: str, field: _Field, **places: str) -> Change:
    said = Sentence(text, title=field.title, pointer=Verbatim(pointer), **places)
    return Change(pointer, before, after, said)


def _said(value: Any) -> str:
    if value is None:
        return N_("rien")
    if isinstance(value, list):
        return Listed(_said(each) for each in value)
    if isinstance(value, Mapping):
        return str(value.get("title") or value.get("const") or "") or N_("une règle")
    return Verbatim(value)


def _fields(whole: Mapping[str, Any], schema: Mapping[str, Any], at: str = "") -> Iterator[tuple[str, _Field]]:
    required = frozenset(schema.get("required", ()))
    for name, written in schema.get("properties", {}).items():
        pointer, one = f"{at}/{name}", _resolved(whole, written)
        said = str(one.get("title", name)), str(one.get("description", ""))
        yield pointer, _Field(*said, name in required, _rules(one))
        yield from _fields(whole, one, pointer)
        if isinstance(items := one.get("items"), Mapping):
            each = _resolved(whole, items)
            yield f"{pointer}/*", _Field(str(each.get("title", name)), "", False, _rules(each))
            yield from _fields(whole, each, f"{pointer}/*")


def _rules(schema: Mapping[str, Any]) -> dict[str, Any]:
    return {word: value for word, value in schema.items() if word not in _ASIDE}


def _resolved(whole: Mapping[str, Any], schema: Mapping[str, Any]) -> Mapping[str, Any]:
    """A reference inside the file, followed (`check` refuses any other); what stands beside it is kept."""
    target = schema.get("$ref")
    if not isinstance(target, str) or not target.startswith("#/$defs/"):
        return schema
    named = whole.get("$defs", {}).get(target.removeprefix("#/$defs/"), {})
    return {**named, **{word: value for word, value in schema.items() if word != "$ref"}}
