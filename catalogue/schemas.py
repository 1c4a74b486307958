"""Walks a JSON Schema: each subschema with its pointer."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

Schema = Mapping[str, Any]
MAPS = ("properties", "$defs", "dependentSchemas", "patternProperties")
LISTS = ("allOf", "anyOf", "oneOf", "prefixItems")
SINGLE = ("items", "if", "then", "else", "not", "contains", "additionalProperties", "unevaluatedProperties")
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


def fields(schema: Schema, pointer: str = "", depth: int = 0) -> Iterator[tuple[str, Schema, int]]:
    """What a person fills in: every property and list item, with its pointer and its depth; conditions left out."""
    for name, each in schema.get("properties", {}).items():
        place = f"{pointer}/properties/{name}"
        yield place, each, depth + 1
        yield from fields(each, place, depth + 1)
    if isinstance(items := schema.get("items"), Mapping):
        yield f"{pointer}/items", items, depth + 1
        yield from fields(items, f"{pointer}/items", depth + 1)
