"""The second opinion on a form: `jsonschema`, strict where it is laxer than JSON Schema says."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

import jsonschema
from jsonschema.validators import extend
from referencing import Registry

from catalogue.formats import validators


def second(schema: Mapping[str, Any]) -> Any:
    """A validator that shares no code with the one that reads what people send."""
    checker = jsonschema.FormatChecker(formats=())
    for name, is_one in validators().items():
        checker.checks(name)(lambda value, is_one=is_one: not isinstance(value, str) or is_one(value))
    strict = extend(jsonschema.Draft202012Validator, {"pattern": _pattern})  # type: ignore[no-untyped-call]
    return strict(schema, format_checker=checker, registry=Registry())


def _pattern(_: Any, pattern: str, instance: Any, schema: Any) -> Iterator[jsonschema.ValidationError]:
    """JSON Schema's `$` is the very end; Python's also stands before a last newline."""
    del schema
    if isinstance(instance, str) and not re.search(pattern.replace("$", r"\Z"), instance):
        yield jsonschema.ValidationError(f"{instance!r} does not match {pattern!r}")
