"""What holds for every route, whoever wrote it."""

from __future__ import annotations

import base64
import inspect
from collections.abc import Iterator

import pytest
from fastapi.dependencies.models import Dependant
from fastapi.routing import APIRoute, iter_route_contexts

from api.app import create_app
from storage.engine.settings import Settings

BARE = {
    "DATABASE_URL": "postgresql://nobody@localhost/nothing",
    "GUICHET_MASTER_KEY": base64.b64encode(bytes(range(32))).decode(),
    "GUICHET_MODE": "test",
}
APP = create_app(Settings.of(BARE))
DOCUMENT = APP.openapi()
OPERATIONS = [
    pytest.param(path, method, operation, id=f"{method.upper()} {path}")
    for path, item in DOCUMENT["paths"].items()
    for method, operation in item.items()
]
OPEN_TO_ALL = ("/health/", "/problems", "/v1/public/")


def _dependencies(dependant: Dependant) -> Iterator[object]:
    for inner in dependant.dependencies:
        yield inner.call
        yield from _dependencies(inner)


def test_no_dependency_costs_a_thread() -> None:
    """A plain function as a dependency runs in a thread of the pool: half a millisecond of every request."""
    threaded = {
        getattr(call, "__qualname__", repr(call))
        for context in iter_route_contexts(APP.routes)
        if isinstance(context.original_route, APIRoute)
        for call in _dependencies(context.original_route.dependant)
        if not any(map(inspect.iscoroutinefunction, (call, type(call).__call__)))
        and not inspect.isasyncgenfunction(call)
    }

    assert threaded == set()


@pytest.mark.parametrize(("path", "method", "operation"), OPERATIONS)
def test_every_route_says_who_may_call_it(path: str, method: str, operation: dict[str, object]) -> None:
    """Public ones are open; the others ask for a token."""
    assert bool(operation.get("security")) != path.startswith(OPEN_TO_ALL) or path == "/v1/residents/sign-in/code"


@pytest.mark.parametrize(("path", "method", "operation"), OPERATIONS)
def test_every_route_documents_its_problems(path: str, method: str, operation: dict[str, object]) -> None:
    """As problem+json, 500 included; no answer of FastAPI's own form is left."""
    responses = operation["responses"]
    assert isinstance(responses, dict)
    errors = {status: answer for status, answer in responses.items() if int(status) >= 400}

    assert errors.keys() >= {"429", "500", "503"}
    assert all(answer["content"].keys() == {"application/problem+json"} for answer in errors.values())


@pytest.mark.parametrize(("path", "method", "operation"), OPERATIONS)
def test_every_body_refuses_unknown_fields(path: str, method: str, operation: dict[str, object]) -> None:
    """`additionalProperties: false` on each JSON body, but for forms, whose fields their own schema checks."""
    body = operation.get("requestBody")
    content = body["content"] if isinstance(body, dict) else {}
    for media, described in content.items():
        schema = described.get("schema", {})
        if media == "application/json" and "$ref" in schema:
            model = DOCUMENT["components"]["schemas"][schema["$ref"].rpartition("/")[2]]
            assert model.get("additionalProperties") is False, model["title"]


@pytest.mark.parametrize(("path", "method", "operation"), OPERATIONS)
def test_headers_that_the_server_requires_are_required(path: str, method: str, operation: dict[str, object]) -> None:
    """The version that was seen, and the act's own key: the document says so, and what is answered otherwise."""
    parameters, responses = operation.get("parameters", []), operation["responses"]
    assert isinstance(parameters, list)
    assert isinstance(responses, dict)
    headers = {one["name"]: one for one in parameters if one["in"] == "header"}
    if "if-match" in headers:
        assert responses.keys() >= {"400", "412"}
        assert headers["if-match"]["required"] == ("428" in responses)
    if "idempotency-key" in headers:
        assert responses.keys() >= {"400", "409", "422"}


@pytest.mark.parametrize(
    ("path", "header"),
    [
        ("/v1/residents/drafts/{draft}/submit", "idempotency-key"),
        ("/v1/agents/dossiers/{dossier}/acts/decide", "if-match"),
    ],
)
def test_what_an_act_cannot_do_without_is_required(path: str, header: str) -> None:
    assert header in {one["name"] for one in DOCUMENT["paths"][path]["post"]["parameters"] if one["required"]}


def test_no_two_models_share_a_title() -> None:
    titles = [schema["title"] for schema in DOCUMENT["components"]["schemas"].values() if "title" in schema]
    assert len(titles) == len(set(titles))


def test_a_page_is_saved_by_json_merge_patch() -> None:
    """RFC 7396 has its own media type; clients made from the document send it."""
    operation = DOCUMENT["paths"]["/v1/residents/drafts/{draft}/pages/{page}"]["patch"]
    assert list(operation["requestBody"]["content"]) == ["application/merge-patch+json"]


def test_the_document_is_openapi_3_1() -> None:
    assert DOCUMENT["openapi"].startswith("3.1")
    assert {"bearer", "cookie"} <= DOCUMENT["components"]["securitySchemes"].keys()
