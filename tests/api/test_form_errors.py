"""JSON Merge Patch, preconditions and cursors: the small rules that every route relies on."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.form_errors import merged
from api.http.cursors import read, written
from api.http.preconditions import command_id, etag
from domain.actors import Actor

RFC_7396 = [
    ({"a": "b"}, {"a": "c"}, {"a": "c"}),
    ({"a": "b"}, {"b": "c"}, {"a": "b", "b": "c"}),
    ({"a": "b"}, {"a": None}, {}),
    ({"a": "b", "b": "c"}, {"a": None}, {"b": "c"}),
    ({"a": ["b"]}, {"a": "c"}, {"a": "c"}),
    ({"a": "c"}, {"a": ["b"]}, {"a": ["b"]}),
    ({"a": {"b": "c"}}, {"a": {"b": "d", "c": None}}, {"a": {"b": "d"}}),
    ({"a": [{"b": "c"}]}, {"a": [1]}, {"a": [1]}),
    (["a", "b"], ["c", "d"], ["c", "d"]),
    ({"e": None}, {"a": 1}, {"e": None, "a": 1}),
    ([1, 2], {"a": "b", "c": None}, {"a": "b"}),
    ({}, {"a": {"bb": {"ccc": None}}}, {"a": {"bb": {}}}),
]


@pytest.mark.parametrize(("target", "patch", "after"), RFC_7396)
def test_merge_patch_does_what_its_rfc_shows(target: Any, patch: Any, after: Any) -> None:
    assert merged(target, patch) == after


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
    max_leaves=8,
)


@given(JSON, JSON)
def test_a_patch_applied_twice_is_applied_once(target: Any, patch: Any) -> None:
    once = merged(target, patch)

    assert merged(once, patch) == once


@given(st.lists(st.none() | st.text(max_size=40) | st.integers(), min_size=1, max_size=4))
def test_a_cursor_gives_back_the_keys_it_was_made_of(values: list[Any]) -> None:
    assert read(written(values), len(values)) == values


def test_a_key_means_nothing_for_somebody_else() -> None:
    """Two people, or one under another mandate, who happen on the same key do different things."""
    key, one, two = "0000-1111", UUID(int=1), UUID(int=2)
    actors = (
        Actor(kind="resident", id=one),
        Actor(kind="resident", id=two),
        Actor(kind="mediator", id=one),
        Actor(kind="mediator", id=one, mandate=two),
    )

    assert len({command_id(actor, key) for actor in actors}) == len(actors)
    assert command_id(actors[0], key) == command_id(Actor(kind="resident", id=one, name="Anne"), key)
    assert etag(12) == '"12"'
