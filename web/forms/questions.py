"""What a group of questions asks, given the answers already there: what a condition names is asked once it is met.

A question that no condition names is always asked. One that a condition requires, or that `x-depends-on` ties to
another, is asked when its condition holds: then it is required, and no answer to it is kept once it no longer does.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import jsonschema_rs

from catalogue.schemas import Schema, resolved
from catalogue.validator import validator

Data = Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Questions:
    """The questions of a group in their order, as the answers narrow them; which are required, or were opened."""

    fields: Mapping[str, Schema]
    required: frozenset[str]
    opened: frozenset[str]


@dataclass(frozen=True, slots=True)
class _Part:
    """One of the schemas that speak of the group: always, or under a condition that holds or not."""

    schema: Schema
    always: bool
    holds: bool

    @property
    def required(self) -> tuple[str, ...]:
        return tuple(self.schema.get("required", ()))

    @property
    def properties(self) -> Mapping[str, Any]:
        properties: Mapping[str, Any] = self.schema.get("properties", {})
        return properties


def questions(schema: Schema, data: Any, root: Schema) -> Questions:
    """What the object `schema` asks when `data` is what it holds."""
    given: Data = data if isinstance(data, Mapping) else {}
    parts = list(_parts(resolved(schema, root), given, root, always=True, holds=True))
    known = {name: resolved(each, root) for part in parts if part.always for name, each in _described(part)}
    always = {name for part in parts if part.always for name in part.required}
    holding = {name for part in parts if part.holds for name in part.required}
    tied = {name: each["x-depends-on"] for name, each in known.items() if "x-depends-on" in each}
    conditional = {name for part in parts if not part.always for name in _conditional(part, known)} - always
    # Its choices are known once the first is answered; before, it would only mislead. Never what could not be reached.
    waiting = {name for name, first in tied.items() if first not in given and (first in holding or name not in holding)}
    closed = (conditional - holding) | waiting
    refused = {name for part in parts if part.holds for name, each in part.properties.items() if each is False}
    fields = {name: field for name, field in _narrowed(known, parts, root).items() if name not in closed | refused}
    return Questions(
        fields=fields,
        required=frozenset(holding & fields.keys()),
        opened=frozenset((conditional | tied.keys()) & fields.keys()),
    )


def asks(schema: Schema, data: Any, root: Schema, path: Iterable[str]) -> bool:
    """Whether the object `schema` asks, when `data` is what it holds, the question at `path`."""
    name, *rest = path
    now = questions(schema, data, root).fields
    if name not in now or not rest:
        return name in now
    field, value = now[name], data.get(name) if isinstance(data, Mapping) else None
    if field.get("type") != "array":
        return asks(field, value, root, rest)
    number, *inner = rest
    block = value[int(number)] if isinstance(value, list) and number.isdigit() and int(number) < len(value) else None
    return not inner or asks(resolved(field.get("items", {}), root), block, root, inner)


def _parts(schema: Schema, data: Data, root: Schema, *, always: bool, holds: bool) -> Iterator[_Part]:
    yield _Part(schema, always, holds)
    for each in schema.get("allOf", ()):
        yield from _parts(resolved(each, root), data, root, always=always, holds=holds)
    if "if" in schema:
        met = holds and _meets(schema["if"], data, root)
        yield from _parts(schema.get("then", {}), data, root, always=False, holds=met)
        yield from _parts(schema.get("else", {}), data, root, always=False, holds=holds and not met)
    for name, names in schema.get("dependentRequired", {}).items():
        yield _Part({"required": names}, always=False, holds=holds and name in data)
    for name, each in schema.get("dependentSchemas", {}).items():
        yield from _parts(each, data, root, always=False, holds=holds and name in data)


def _described(part: _Part) -> Iterator[tuple[str, Schema]]:
    yield from ((name, each) for name, each in part.properties.items() if isinstance(each, Mapping))


def _conditional(part: _Part, known: Mapping[str, Schema]) -> Iterator[str]:
    """What a condition asks, or alone describes."""
    yield from part.required
    yield from (name for name in part.properties if name not in known)


def _narrowed(known: Mapping[str, Schema], parts: list[_Part], root: Schema) -> dict[str, Schema]:
    """The questions with what the conditions that hold add to them."""
    fields = dict(known)
    for part in parts:
        if part.holds and not part.always:
            for name, each in _described(part):
                fields[name] = {**fields.get(name, {}), **resolved(each, root)}
    return fields


def _meets(condition: Any, data: Data, root: Schema) -> bool:
    shared = {"$defs": root["$defs"]} if "$defs" in root and isinstance(condition, Mapping) else {}
    return _validator(json.dumps({**condition, **shared} if shared else condition, sort_keys=True)).is_valid(dict(data))


@lru_cache(maxsize=1024)
def _validator(condition: str) -> jsonschema_rs.Draft202012Validator:
    return validator(json.loads(condition))
