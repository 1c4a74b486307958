"""Every wrong body gets its own clear problem, whatever the route, and before anything is done."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import AsyncIterator, Iterator
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.http.bodies import JSON_LIMIT
from api.http.problems import Problem
from api.http.rooms import Room
from api.http.strict_json import loads
from api.routers import AT_ROOT, AUDIENCES
from tests.api.counter import Counter

URL = "/v1/residents/sign-in/code"
DEEP = b'{"a":' * 33 + b"1" + b"}" * 33

BAD = {
    "malformed": (b'{"email": }', "json-malformed"),
    "cut": (b'{"email": "a@exam', "json-malformed"),
    "two documents": (b"{} {}", "json-malformed"),
    "byte order mark": (b"\xef\xbb\xbf{}", "json-malformed"),
    "not utf-8": (b'{"email": "\xff"}', "json-encoding"),
    "utf-16": ('{"email": "a"}'.encode("utf-16"), "json-encoding"),
    "NaN": (b'{"email": NaN}', "json-not-finite"),
    "Infinity": (b'{"email": [Infinity]}', "json-not-finite"),
    "-Infinity": (b'{"email": -Infinity}', "json-not-finite"),
    "overflowing float": (b'{"email": 1e400}', "json-number-out-of-range"),
    "duplicate key": (b'{"email": "a", "email": "b"}', "json-duplicate-key"),
    "duplicate key, inside": (b'{"x": [{"a": 1, "\\u0061": 2}]}', "json-duplicate-key"),
    "too deep": (DEEP, "json-too-deep"),
    "far too deep": (b"[" * 100_000, "json-too-deep"),
    "escaped NUL": (b'{"email": "a\\u0000b"}', "json-nul-character"),
    "raw NUL": (b'{"email": "a\x00b"}', "json-nul-character"),
    "escaped control": (b'{"email": "a\\u0007b"}', "json-control-character"),
    "escaped backspace": (b'{"email": "a\\bb"}', "json-control-character"),
    "escaped DEL": (b'{"email": "a\\u007Fb"}', "json-control-character"),
    "raw C1": ('{"email": "a\x9bb"}'.encode(), "json-control-character"),
    "control in a key": (b'{"a\\u001b": 1}', "json-control-character"),
    "NUL in a key": (b'{"a\\u0000": 1}', "json-nul-character"),
    "lone surrogate": (b'{"email": ["\\ud800"]}', "json-lone-surrogate"),
    "lone surrogate in a key": (b'{"\\udc00x": 1}', "json-lone-surrogate"),
    "large integer": (b'{"email": 9007199254740993}', "json-integer-too-large"),
    "huge integer": (b'{"email": 1' + b"0" * 5000 + b"}", "json-integer-too-large"),
    "large negative integer": (b'{"email": -9007199254740993}', "json-integer-too-large"),
}


@pytest.mark.parametrize(("body", "code"), BAD.values(), ids=BAD.keys())
@pytest.mark.parametrize("media", ["application/json", "application/merge-patch+json; charset=utf-8"])
async def test_json_that_is_not_strict_has_its_own_problem(
    counter: Counter, body: bytes, code: str, media: str
) -> None:
    answer = await counter.client.post(URL, content=body, headers={"Content-Type": media})

    assert answer.headers["Content-Type"] == "application/problem+json"
    assert (answer.status_code, answer.json()["type"]) == (400, f"/problems/{code}")
    assert answer.json()["detail"]


async def test_the_refused_character_is_shown_by_a_pointer(counter: Counter) -> None:
    body = b'{"a/b": [{"c": "\\ud83d"}]}'
    answer = await counter.client.post(URL, content=body, headers={"Content-Type": "application/json"})

    (error,) = answer.json()["errors"]
    assert (error["pointer"], error["code"]) == ("/a~1b/0/c", "surrogate")
    assert error["message"] == "« a/b[0].c » : un texte contient la moitié d'un caractère."


@pytest.mark.parametrize(
    "body",
    [b'{"a":' * 32 + b"1" + b"}" * 32, b'{"a": "\\ud83d\\ude00 [[[["}', b"9007199254740992", b'"\\\\u0000"', b"1e308"],
    ids=["32 levels", "a whole pair", "2^53", "an escaped backslash", "a large float"],
)
def test_what_is_just_within_the_limits_is_read_as_it_is(body: bytes) -> None:
    assert loads(body) == json.loads(body)


async def test_a_body_is_parsed_once_whatever_the_route(counter: Counter, monkeypatch: pytest.MonkeyPatch) -> None:
    """At the door: the framework's own reading is not asked, of any route of the API."""
    framework = SimpleNamespace(loads=None, JSONDecodeError=json.JSONDecodeError)
    monkeypatch.setattr("starlette.requests.json", framework)
    answer = await counter.client.post(URL, json={"email": "deux.fois@example.org"})

    assert answer.status_code == 202, answer.text
    routers = [router for routers in AUDIENCES.values() for router in routers] + list(AT_ROOT)
    assert {type(router) for router in routers} == {Room}


async def test_a_body_over_one_megabyte_is_refused_announced_or_not(counter: Counter) -> None:
    large = b'{"email": "' + b"a" * JSON_LIMIT + b'"}'
    headers = {"Content-Type": "application/json"}

    async def in_parts() -> AsyncIterator[bytes]:
        for start in range(0, len(large), 65_536):
            yield large[start : start + 65_536]

    announced = await counter.client.post(URL, content=large, headers=headers)
    streamed = await counter.client.post(URL, content=in_parts(), headers=headers)

    assert {announced.status_code, streamed.status_code} == {413}
    assert announced.json()["type"] == streamed.json()["type"] == "/problems/body-too-large"


@pytest.mark.parametrize(
    "media", ["text/plain", "application/xml", "application/x-www-form-urlencoded", "multipart/form-data", "json", None]
)
async def test_another_type_of_content_is_refused(counter: Counter, media: str | None) -> None:
    headers = {} if media is None else {"Content-Type": media}
    answer = await counter.client.post(URL, content=b'{"email": "a@example.org"}', headers=headers)

    assert (answer.status_code, answer.json()["type"]) == (415, "/problems/unsupported-media-type")
    assert "application/json" in answer.json()["detail"]


@pytest.mark.parametrize(
    ("body", "error"),
    [
        ({}, ("/email", "missing")),
        ({"email": "a@example.org", "admin": True}, ("/admin", "extra_forbidden")),
        ({"email": 12}, ("/email", "string_type")),
        ({"email": "not an address"}, ("/email", "value_error")),
        ({"email": "a" * 300 + "@example.org"}, ("/email", "value_error")),
        ([], ("", "model_attributes_type")),
    ],
    ids=["missing", "unknown", "wrong type", "malformed", "too long", "not an object"],
)
async def test_a_wrong_field_is_shown_by_a_pointer_and_said_in_french(
    counter: Counter, body: object, error: tuple[str, str]
) -> None:
    answer = await counter.client.post(URL, json=body)

    (shown,) = answer.json()["errors"]
    assert answer.status_code == 422
    assert answer.json()["type"] == "/problems/validation-failed"
    assert (shown["pointer"], shown["code"]) == error
    assert shown["message"].endswith(".")


JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**53), 2**53)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=20,
)


def outcome(body: bytes) -> object:
    """What reading gives: a value, or the problem."""
    try:
        return loads(body)
    except Problem as problem:
        return problem


def texts(value: object) -> Iterator[str]:
    """The texts of the value, and its keys."""
    match value:
        case str():
            yield value
        case list():
            for item in value:
                yield from texts(item)
        case dict():
            for key, item in value.items():
                yield key
                yield from texts(item)


def has_control(value: object) -> bool:
    """Whether one of them holds a control that is neither a tab nor a line end."""
    return any(unicodedata.category(each) == "Cc" and each not in "\t\n\r" for text in texts(value) for each in text)


@given(JSON)
def test_strict_reading_agrees_with_the_parser_on_what_is_strict(value: object) -> None:
    found = outcome(json.dumps(value).encode())

    if has_control(value):
        assert isinstance(found, Problem)
        assert found.type.code in {"json-nul-character", "json-control-character"}
    else:
        assert found == value


@given(st.binary(max_size=200) | st.text(alphabet='{}[]":,\\u0019eE+-. ntf', max_size=200).map(str.encode))
def test_any_bytes_are_either_read_or_refused_by_a_problem(body: bytes) -> None:
    found = outcome(body)

    assert found.type.status == 400 if isinstance(found, Problem) else json.dumps(found, allow_nan=False)
