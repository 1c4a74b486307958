"""Applicants made from a form: each question answered or left out, then mended as the form asks, the way people do."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

from hypothesis import strategies as st

from catalogue.checks.links import choices
from catalogue.computations import found, total
from catalogue.forms import FieldError, Form
from catalogue.schemas import CONDITIONS, Schema, resolved
from tests.catalogue.values import BY_FORMAT, Answers, days, texts

PATIENCE = 80
TOO_MUCH = frozenset({"additionalProperties", "unevaluatedProperties", "falseSchema", "not"})


@cache
def applicants(form: Form) -> st.SearchStrategy[dict[str, Any]]:
    """Answers that the form admits, computed fields included; fails when one cannot be mended."""
    return _mended(form, _answers(form.schema, form.schema))


@st.composite
def _mended(draw: st.DrawFn, form: Form, answers: Answers) -> dict[str, Any]:
    answer = draw(answers)
    for turn in range(PATIENCE):
        errors = form.errors(answer)
        if not errors:
            whole: dict[str, Any] = form.completed(answer)
            return whole
        _mend(draw, form.schema, answer, errors[0], turn)
    raise AssertionError(f"no answer that the form admits: {form.errors(answer)}")


def _answers(field: Schema, root: Schema) -> Answers:
    """What may be answered to one question; boundaries often."""
    whole = resolved(field, root)
    if "const" in whole:
        return st.just(whole["const"])
    if known := choices(whole):
        return st.sampled_from(known)
    match whole.get("type"):
        case "object":
            return _objects(whole, root)
        case "array":
            return _lists(whole, root)
        case "integer":
            least, most = whole.get("minimum", 0), whole.get("maximum", 100)
            return st.sampled_from([least, most]) | st.integers(least, most)
        case _:
            return _strings(whole)


def _strings(field: Schema) -> Answers:
    if field.keys() & {"x-past", "x-near"}:
        return days(field)
    if (of_format := BY_FORMAT.get(str(field.get("format")))) is not None:
        return of_format()
    if (pattern := field.get("pattern")) is not None:
        return st.from_regex(re.compile(pattern.removeprefix("^").removesuffix("$"), re.ASCII), fullmatch=True)
    return texts(field)


def _objects(field: Schema, root: Schema) -> Answers:
    asked = {
        name: each for name, each in field.get("properties", {}).items() if not resolved(each, root).get("readOnly")
    }
    required = set(field.get("required", ()))
    return st.fixed_dictionaries(
        {name: _answers(each, root) for name, each in asked.items() if name in required},
        optional={name: _answers(each, root) for name, each in asked.items() if name not in required},
    )


def _lists(field: Schema, root: Schema) -> Answers:
    least, items = field.get("minItems", 0), field["items"]
    most = max(least, min(field.get("maxItems", 2), 2))
    return st.lists(_answers(items, root), min_size=least, max_size=most, unique=bool(choices(resolved(items, root))))


def _mend(draw: st.DrawFn, root: Schema, answer: dict[str, Any], error: FieldError, turn: int) -> None:
    """Answer again where the form says that something is wrong; take back what it does not want.

    What the conditions say of a field is tried in turn, so that the simplest draws come to an end too.
    """
    *parents, name = error.pointer.removeprefix("/").split("/")
    holder: Any = answer
    asked: list[Schema] = [root]
    for part in parents:
        holder = holder[int(part)] if isinstance(holder, list) else holder[part]
        asked = [inner for each in asked for inner in _inside(each, part, root)]
    if error.code in {"total", "before"}:
        field = resolved(resolved(asked[0], root)["properties"][name], root)
        summed = [each for of in field.get("x-total", ()) for each in found(answer, of)]
        holder[name] = total(summed) if error.code == "total" else holder[field["x-after"]]
        return
    if error.code in TOO_MUCH:
        holder.pop(name, None)
        return
    variants = [inner for each in asked for inner in _inside(each, name, root)]
    base: Schema = next((each for each in variants if "type" in each), {})
    merged = [{**base, **each} for each in variants] or [dict(base)]
    holder[int(name) if isinstance(holder, list) else name] = draw(_answers(merged[turn % len(merged)], root))


def _inside(schema: Schema, part: str, root: Schema) -> Iterator[Schema]:
    """Everything that the schema says of the field `part`, conditions included."""
    whole = resolved(schema, root)
    if part.isdigit() and isinstance(whole.get("items"), Mapping):
        yield resolved(whole["items"], root)
    if isinstance(found := whole.get("properties", {}).get(part), Mapping):
        yield resolved(found, root)
    for keyword in CONDITIONS:
        if keyword in {"if", "not"}:
            continue
        inner = whole.get(keyword)
        every: list[Any] = inner if isinstance(inner, list) else [inner]
        for each in every:
            if isinstance(each, Mapping) and keyword != "dependentSchemas":
                yield from _inside(each, part, root)
