"""What changes from one version of a form to another, field by field, in French."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from domain.plan_diff import Change

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
}


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
    whole = "Les conditions entre les réponses, ou les textes d'ensemble, changent (formulaire)."
    return (*found, Change("form", None, None, whole))


def _around(schema: Mapping[str, Any]) -> dict[str, Any]:
    """What the form says beside its fields."""
    return {word: value for word, value in schema.items() if word not in {"properties", "$defs", "required"}}


def _changes(old: Mapping[str, _Field], new: Mapping[str, _Field]) -> Iterator[Change]:
    for pointer, one in old.items():
        if pointer not in new:
            yield Change(pointer, one.title, None, f"Le champ « {one.title} » est supprimé ({pointer}).")
    for pointer, one in new.items():
        was = old.get(pointer)
        if was is None:
            how = "obligatoire" if one.required else "facultatif"
            yield Change(pointer, None, one.title, f"Le champ « {one.title} » est ajouté, {how} ({pointer}).")
        elif was != one:
            yield from _changed(pointer, was, one)


def _changed(pointer: str, was: _Field, one: _Field) -> Iterator[Change]:
    name = f"Le champ « {was.title} »"
    if was.title != one.title:
        yield Change(pointer, was.title, one.title, f"{name} s'appelle désormais « {one.title} » ({pointer}).")
    if was.required != one.required:
        turned = "devient" if one.required else "n'est plus"
        yield Change(pointer, was.required, one.required, f"{name} {turned} obligatoire ({pointer}).")
    if was.description != one.description:
        yield Change(pointer, was.description, one.description, f"{name} : l'explication change ({pointer}).")
    for word in sorted(was.rules.keys() | one.rules.keys()):
        before, after = was.rules.get(word), one.rules.get(word)
        if before != after:
            what = WORDS.get(word, f"« {word} »")
            yield Change(
                pointer, before, after, f"{name} : {what} passe de {_said(before)} à {_said(after)} ({pointer})."
            )


def _said(value: Any) -> str:
    if value is None:
        return "rien"
    if isinstance(value, list):
        return ", ".join(_said(each) for each in value)
    if isinstance(value, Mapping):
        return str(value.get("title") or value.get("const") or "une règle")
    return str(value)


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
