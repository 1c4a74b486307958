"""Notes say what failed and where, never with what; and a disk that is full takes no answer away."""

from __future__ import annotations

import logging
import sys
from collections.abc import Iterator
from contextlib import suppress

import httpx2
import pytest
import structlog
from sqlalchemy import text
from starlette.requests import Request

from api.app import create_app, running
from api.services import ANONYMOUS
from cli import noting
from cli.application import Answered
from storage.engine.database import Database
from storage.engine.settings import Settings

SECRET = "anne.le-goff@example.org"


@pytest.fixture(autouse=True)
def noted_so() -> Iterator[None]:
    """Our way of noting, for this test alone."""
    handlers, level = logging.root.handlers[:], logging.root.level
    noting.begin()
    yield
    structlog.reset_defaults()
    logging.basicConfig(handlers=handlers, level=level, force=True)


async def _refused_row(database: Database) -> None:
    """PostgreSQL refuses a row, and quotes it; SQLAlchemy adds the parameters."""
    async with database.transaction(ANONYMOUS) as connection:
        await connection.execute(text("CREATE TEMPORARY TABLE noted (name text PRIMARY KEY, rank int NOT NULL)"))
        await connection.execute(text("INSERT INTO noted VALUES (:name, 1)"), {"name": SECRET})
        await connection.execute(text("INSERT INTO noted VALUES (:name, 1)"), {"name": SECRET})


async def test_neither_notes_nor_errors_hold_what_somebody_typed(
    settings: Settings, capfd: pytest.CaptureFixture[str]
) -> None:
    """A defect of a route, from the driver's message to the server's own log: its kind, its place, its request."""
    app = create_app(settings)

    async def defect(request: Request) -> None:
        await _refused_row(request.app.state.services.database)

    app.add_api_route("/v1/defect", defect)
    async with running(settings, app):
        transport = httpx2.ASGITransport(app=Answered(app))
        async with httpx2.AsyncClient(transport=transport, base_url="http://guichet.test") as client:
            answer = await client.get("/v1/defect")
    out, err = capfd.readouterr()

    assert (answer.status_code, answer.headers["content-type"]) == (500, "application/problem+json")
    assert SECRET not in answer.text + out + err
    assert "UniqueViolation" in out
    assert "tests/cli/test_noting.py:" in out
    assert answer.headers["x-request-id"] in out


async def test_sqlalchemy_shows_no_parameter(settings: Settings) -> None:
    database = Database(settings, "app", size=1)
    with pytest.raises(Exception, match="parameters hidden"):
        await _refused_row(database)
    await database.close()


def test_what_libraries_note_of_an_exception_is_its_kind_and_place(capfd: pytest.CaptureFixture[str]) -> None:
    noting.begin()
    try:
        int(SECRET)
    except ValueError as error:
        logging.getLogger("somebody.else").warning("it failed", exc_info=True)
        logging.getLogger("somebody.else").warning("it failed: %s", error)
        structlog.get_logger().exception("it failed", what="this")
    out, err = capfd.readouterr()

    assert SECRET not in out + err
    assert err.count("it failed") == 2
    assert "ValueError(tests/cli/test_noting.py:" in out
    assert "what=this" in out


async def test_a_note_that_finds_no_room_is_lost_and_the_answer_is_not(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Standard output on a full disk: the defect is still answered as a problem."""
    app = create_app(settings)

    async def defect() -> None:
        raise RuntimeError

    app.add_api_route("/v1/defect", defect)
    full = open("/dev/full", "w", buffering=1, encoding="utf-8")  # noqa: ASYNC230, PTH123, SIM115
    with pytest.raises(OSError, match="No space"):
        print("a line", file=full)
    monkeypatch.setattr(sys, "stdout", full)
    noting.begin()
    async with running(settings, app):
        transport = httpx2.ASGITransport(app=Answered(app))
        async with httpx2.AsyncClient(transport=transport, base_url="http://guichet.test") as client:
            answer = await client.get("/v1/defect")
    monkeypatch.undo()
    with suppress(OSError):
        full.close()

    assert (answer.status_code, answer.headers["content-type"]) == (500, "application/problem+json")
