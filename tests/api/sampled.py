"""Values drawn from a JSON schema, then spoiled: what a hostile or careless client sends. Seeded, so repeatable."""

from __future__ import annotations

import random
from collections.abc import Mapping
from typing import Any

NASTY: tuple[Any, ...] = (
    None,
    True,
    -1,
    0,
    2**53,
    1.5,
    1e308,
    "",
    " ",
    "é" * 300,
    "a" * 30_000,
    "'; DROP TABLE account; --",
    "../../etc/passwd",
    "%00",
    "\0",
    "\u202e\ufeff\U0001f600",
    "2026-02-30",
    "9999-12-31T23:59:59.999999Z",
    "0001-01-01",
    "00000000-0000-0000-0000-000000000000",
    [],
    [[[[1]]]],
    {},
    {"": ""},
    {"__proto__": {"admin": True}},
)
TEXTS: Mapping[str, tuple[str, ...]] = {
    "uuid": ("018f0000-0000-7000-8000-000000000000", "ffffffff-ffff-ffff-ffff-ffffffffffff"),
    "date": ("2026-11-23", "1900-01-01", "9999-12-31"),
    "date-time": ("2026-11-23T10:00:00+01:00", "1970-01-01T00:00:00Z"),
    "email": ("anne@example.org",),
    "": ("apa-domicile", "acces-documents", "pmi", "x", "12345678", "apa-domicile:read"),
}


class Sampler:
    """Draws values that follow a schema of the document, or nearly."""

    def __init__(self, components: Mapping[str, Any], seed: int) -> None:
        self.components = components
        self.random = random.Random(seed)  # noqa: S311 (repeatable draws, no secret)

    def valid(self, schema: Mapping[str, Any], depth: int = 0) -> Any:
        """A value that follows the schema, as far as its types go."""
        if "$ref" in schema:
            return self.valid(self.components[schema["$ref"].rpartition("/")[2]], depth)
        for several in ("anyOf", "oneOf"):
            if several in schema:
                return self.valid(self.random.choice(schema[several]), depth)
        if "const" in schema or "enum" in schema:
            return schema.get("const") or self.random.choice(schema["enum"])
        match schema.get("type"):
            case "object":
                return self._object(schema, depth)
            case "array":
                few = range(self.random.randint(schema.get("minItems", 0), 2))
                return [self.valid(schema.get("items", {}), depth + 1) for _ in few] if depth < 6 else []
            case "integer" | "number":
                return self.random.randint(int(schema.get("minimum", 0)), int(schema.get("maximum", 1000)))
            case "boolean":
                return self.random.random() < 0.5
            case "string":
                return self.random.choice(TEXTS.get(schema.get("format", ""), TEXTS[""]))
        return self.nasty()

    def spoiled(self, value: Any) -> Any:
        """The same with one thing wrong, or (one time in five) as it was."""
        if self.random.random() < 0.2:
            return value
        if isinstance(value, dict) and value and self.random.random() < 0.8:
            key = self.random.choice(sorted(value))
            return {**value, key: self.spoiled(value[key])}
        return self.nasty()

    def nasty(self) -> Any:
        """One of the values that break things."""
        return self.random.choice(NASTY)

    def _object(self, schema: Mapping[str, Any], depth: int) -> dict[str, Any]:
        required = set(schema.get("required", ()))
        return {
            name: self.valid(inner, depth + 1)
            for name, inner in schema.get("properties", {}).items()
            if name in required or self.random.random() < 0.5
        }
