"""Every error is problem+json, of a registered type, in French; the catalogue of types can be read."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable

import httpx2
import pytest
from fastapi import APIRouter
from psycopg import OperationalError as DriverError
from sqlalchemy.exc import OperationalError
from starlette.exceptions import HTTPException

from api.http.problem_types import REGISTRY
from api.http.problems import pointer
from domain.refusals import Refused
from tests.api.counter import Counter

MEMBERS = {"type", "title", "status", "detail"}


def is_problem(answer: httpx2.Response, status: int, code: str) -> None:
    """The answer is a whole problem of that type."""
    body = answer.json()
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert answer.status_code == body["status"] == status
    assert body["type"] == f"/problems/{code}"
    assert body.keys() >= MEMBERS
    assert body["instance"] == f"urn:uuid:{answer.headers['X-Request-Id']}"


async def test_an_unknown_address_is_a_404(counter: Counter) -> None:
    for path in ("/nowhere", "/v1/residents/nowhere", "/health/live/", "/v1//residents"):
        is_problem(await counter.client.get(path), 404, "not-found")


async def test_an_address_that_holds_nul_is_refused_by_its_name(counter: Counter) -> None:
    for address in ("/%00", "/nowhere?x=%00"):
        answer = await counter.client.get(address)
        is_problem(answer, 400, "bad-request")
        assert "U+0000" in answer.json()["detail"]


async def test_another_method_is_a_405_that_says_which_are_admitted(counter: Counter) -> None:
    answer = await counter.client.put("/health/live")

    is_problem(answer, 405, "method-not-allowed")
    assert answer.headers["Allow"] == "GET"


@pytest.fixture
async def failing(counter: Counter) -> Counter:
    """Routes that fail in every way, on this test's application only."""
    router = APIRouter()
    failures = {
        "defect": ZeroDivisionError("secret detail"),
        "database": OperationalError("SELECT secret", {}, DriverError("gone")),
        "teapot": HTTPException(418, "thé"),
        "refused": Refused("not_now", "L'étape est finie.", article="CRPA L114-5", what_to_do="Écrivez un message."),
        "new": Refused("never_declared", "Refus inconnu."),
    }
    for name, error in failures.items():
        router.add_api_route(f"/failing/{name}", _raising(error))
    counter.app.include_router(router)
    return counter


def _raising(error: Exception) -> Callable[[], Awaitable[None]]:
    async def fail() -> None:
        raise error

    return fail


async def test_a_defect_is_a_500_that_says_nothing_of_the_inside(
    failing: Counter, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.CRITICAL):
        answer = await failing.client.get("/failing/defect")

    is_problem(answer, 500, "unexpected")
    assert "secret" not in answer.text
    assert "ZeroDivision" not in answer.text


async def test_a_database_that_is_away_is_a_503_to_try_again(failing: Counter) -> None:
    answer = await failing.client.get("/failing/database")

    is_problem(answer, 503, "unavailable")
    assert int(answer.headers["Retry-After"]) > 0
    assert "secret" not in answer.text


async def test_any_http_error_is_a_problem(failing: Counter) -> None:
    is_problem(await failing.client.get("/failing/teapot"), 418, "http-418")


async def test_a_refusal_says_why_its_article_and_what_to_do(failing: Counter) -> None:
    answer = await failing.client.get("/failing/refused")

    is_problem(answer, 409, "not-now")
    assert answer.json()["detail"] == "L'étape est finie (CRPA L114-5). Écrivez un message."
    assert answer.json()["article"] == "CRPA L114-5"
    assert answer.json()["what_to_do"] == "Écrivez un message."


async def test_a_refusal_that_no_one_declared_is_still_a_problem(failing: Counter) -> None:
    is_problem(await failing.client.get("/failing/new"), 409, "never-declared")


async def test_the_catalogue_of_problems_can_be_read_whole_and_one_by_one(counter: Counter) -> None:
    listed = (await counter.client.get("/problems")).json()

    assert {one["type"] for one in listed} == {kind.uri for kind in REGISTRY.values()}
    for one in listed:
        assert (await counter.client.get(one["type"])).json() == one
    is_problem(await counter.client.get("/problems/no-such-code"), 404, "not-found")


def test_every_type_has_a_title_that_ends_as_a_sentence() -> None:
    assert all(kind.title.endswith(".") and 400 <= kind.status < 600 for kind in REGISTRY.values())


def test_a_pointer_escapes_what_rfc_6901_says() -> None:
    assert pointer(["a/b", "c~d", 0]) == "/a~1b/c~0d/0"


async def test_every_answer_forbids_sniffing_and_keeping(counter: Counter) -> None:
    headers = (await counter.client.get("/health/live")).headers

    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Cache-Control"] == "no-store"
