"""Walks a JSON Schema: each subschema with its pointer."""

from collections.abc import Iterator, Mapping
from typing import Any

Schema = Mapping[str, Any]
MAPS = ("properties", "$defs", "dependentSchemas", "patternProperties")
LISTS = ("allOf", "anyOf", "oneOf", "prefixItems")
SINGLE = ("items", "if", "then", "else", "not", "contains", "additionalProperties", "unevaluatedProperties")
# A `$ref` that leads to itself stops here, well below what a form may have (checks/form_fields.py).
DEEPEST = 10
Field = tuple[str, Schema, int]
# A subschema that adds conditions to its parent, and describes no field of its own.
CONDITIONS = ("allOf", "anyOf", "oneOf", "if", "then", "else", "not", "dependentSchemas", "contains")


def subschemas(schema: Schema, pointer: str = "") -> Iterator[tuple[str, Schema]]:
    """The schema itself, then every subschema, depth first, with the pointer that leads to it."""
    yield pointer or "/", schema
    for keyword, inner in _children(schema):
        yield from subschemas(inner, f"{pointer}/{keyword}")


def _children(schema: Schema) -> Iterator[tuple[str, Schema]]:
    for keyword, value in schema.items():
        if keyword in MAPS and isinstance(value, Mapping):
            yield from ((f"{keyword}/{name}", each) for name, each in value.items() if isinstance(each, Mapping))
        elif keyword in LISTS and isinstance(value, list):
            yield from ((f"{keyword}/{index}", each) for index, each in enumerate(value) if isinstance(each, Mapping))
        elif keyword in SINGLE and isinstance(value, Mapping):
            yield keyword, value


def fields(schema: Schema, pointer: str = "", depth: int = 0, root: Schema | None = None) -> Iterator[Field]:
    """What a person fills in: every property and list item, with its pointer and its depth; conditions left out.

    A field that is a `$ref` is read as what it refers to, under its own pointer.
    """
    root = schema if root is None else root
    for name, each in schema.get("properties", {}).items():
        yield from _field(each, f"{pointer}/properties/{name}", depth + 1, root)
    if isinstance(items := schema.get("items"), Mapping):
        yield from _field(items, f"{pointer}/items", depth + 1, root)


def _field(field: Schema, pointer: str, depth: int, root: Schema) -> Iterator[Field]:
    whole = resolved(field, root)
    yield pointer, whole, depth
    if depth < DEEPEST:
        yield from fields(whole, pointer, depth, root)


def resolved(field: Schema, root: Schema) -> Schema:
    """A field with the words of what it refers to in `$defs`, its own words first; itself when that leads nowhere."""
    target = root.get("$defs", {}).get(str(field.get("$ref", "")).removeprefix("#/$defs/"))
    return {**target, **field} if isinstance(target, Mapping) else field


def data_path(place: str) -> tuple[str, ...]:
    """The names that lead, in the answers, to a field at `place` in the schema; `*` for each repeated block."""
    parts = iter(place.split("/")[1:])
    return tuple("*" if part == "items" else next(parts, "") for part in parts)


def pointer_of(place: str) -> str | None:
    """The pointer into the data of a field at `place` in the schema; None inside a repeated block."""
    parts = place.split("/")[1:]
    if parts[::2] != ["properties"] * (len(parts) // 2):
        return None
    return "".join(f"/{name}" for name in parts[1::2])
