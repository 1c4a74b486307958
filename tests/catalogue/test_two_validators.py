"""`jsonschema` and `jsonschema-rs` give the same verdict on every shipped form, whatever is written in it."""

from __future__ import annotations

import copy
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalogue.examples import forms_of
from catalogue.forms import FORMS, Form, form
from catalogue.loader import catalogue
from domain.invisible_signs import cleaned
from tests.catalogue.every_format import written
from tests.catalogue.second_validator import second

EVERY = sorted(FORMS.glob("*/*.json"))
SHIPPED = [
    FORMS / slug / f"{name}.json" for slug in catalogue().slugs() for name in forms_of(catalogue().plan(slug)).values()
]
"""The forms of the versions in force, which the examples answer."""
BEYOND = frozenset({"computed", "to_come", "too_old", "too_far", "before", "total"})
"""What is verified after either: JSON Schema has no word for it."""
PROCEDURES = FORMS.parent / "procedures"
ABSENT = object()
WORDS = ["", " ", "oui", "2026-11-23", "2026-02-30", "900.00", "-1", "29232", "29000", "29000\n", "é" * 300, "a\u0000"]
ATOMS = st.none() | st.booleans() | st.integers(-5, 70) | st.floats(allow_nan=False, allow_infinity=False) | st.text()
VALUES = st.sampled_from([ABSENT, [], {}, *WORDS]) | ATOMS | st.lists(ATOMS, max_size=4)


def _example(path: Path) -> dict[str, Any]:
    written = json.loads((PROCEDURES / path.parent.name / "example.json").read_text(encoding="utf-8"))
    key = "form" if re.fullmatch(r"v\d+", path.stem) else path.stem.split(".")[0]
    found: dict[str, Any] = written[key]
    return found


def _places(value: Any, at: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    yield at
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, each in inner:
        yield from _places(each, (*at, key))


def _put(value: Any, place: tuple[str | int, ...], new: Any) -> Any:
    """`value` with `new` at `place`, or without it when `new` is ABSENT."""
    if not place:
        return value if new is ABSENT else new
    changed = copy.deepcopy(value)
    at = changed
    for key in place[:-1]:
        at = at[key]
    if new is ABSENT:
        del at[place[-1]]
    else:
        at[place[-1]] = new
    return changed


@st.composite
def _written(draw: st.DrawFn, example: dict[str, Any]) -> Any:
    """The worked example with one to three things changed, taken away or added."""
    instance: Any = example
    for _ in range(draw(st.integers(1, 3))):
        place = draw(st.sampled_from(sorted(_places(instance), key=str)))
        at = instance
        for key in place:
            at = at[key]
        if isinstance(at, dict) and draw(st.booleans()):
            place = (*place, draw(st.sampled_from(["inconnu", "__proto__", ""])))
            instance = _put(instance, place, draw(ATOMS))
        else:
            instance = _put(instance, place, draw(VALUES))
    return instance


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: f"{path.parent.name}/{path.stem}")
@given(data=st.data())
def test_the_two_validators_agree(path: Path, data: st.DataObject) -> None:
    """On the example with anything changed in it; the example itself is valid for both."""
    example = _example(path)
    ours, other = form(path.parent.name, path.stem), second(json.loads(path.read_text(encoding="utf-8")))
    instance = data.draw(_written(example))

    assert ours.errors(example) == ()
    assert other.is_valid(example)
    told = {error.code for error in ours.errors(instance)}
    assert (told <= BEYOND) == other.is_valid(cleaned(instance)), instance


@given(data=st.data())
def test_the_two_validators_agree_on_every_format(data: st.DataObject) -> None:
    """And on annotations, which both leave alone: what a form computes is verified after either."""
    ours, example = written()
    other = second(dict(ours.schema))
    instance = data.draw(_written(ours.completed(example)))

    assert other.is_valid(example)
    told = {error.code for error in ours.errors(instance)}
    assert (told <= BEYOND) == other.is_valid(cleaned(instance)), instance


@pytest.mark.parametrize(("domain", "action", "admitted"), [("sport", "fest_noz", False), ("sport", "stage", True)])
def test_a_linked_choice_is_narrowed_by_both(domain: str, action: str, admitted: bool) -> None:  # noqa: FBT001
    """The annotation is for pages: `if` and `then` decide."""
    ours, example = written()
    example["action"] = {"domaine": domain, "action": action}

    assert (ours.errors(example) == ()) == admitted
    assert second(dict(ours.schema)).is_valid(example) == admitted


@pytest.mark.parametrize("path", EVERY, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_every_form_can_be_wrong(path: Path) -> None:
    """An empty answer is refused, with a pointer and a French sentence for each missing page or field."""
    errors = form(path.parent.name, path.stem).errors({})

    assert errors
    assert all(error.pointer.startswith("/") and error.message for error in errors)


def test_an_error_of_the_whole_points_at_the_whole() -> None:
    """RFC 6901: the whole document is the empty pointer; "/" would be the field named ""."""
    assert [error.pointer for error in Form({"type": "object"}).errors([])] == [""]


def test_a_form_is_never_fetched_from_elsewhere() -> None:
    """A remote $ref is refused without a request."""
    with pytest.raises(ValueError, match="Retrieval is disabled"):
        Form({"properties": {"page": {"$ref": "http://127.0.0.1:9/page"}}}).errors({})


def test_a_pattern_that_could_hang_is_no_pattern() -> None:
    """Back-references, and what else is not linear, do not compile."""
    with pytest.raises(ValueError, match="regex"):
        Form({"properties": {"page": {"type": "string", "pattern": r"^(a+)\1$"}}}).errors({})
