"""Statements that leave together: in order, all or nothing, and a connection that stays good whatever happened."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import psycopg
import pytest
from psycopg.errors import DivisionByZero, ProgrammingError, UndefinedTable

from storage.engine import pipeline as piped
from storage.engine.pipeline import Pipeline
from storage.engine.settings import Settings

PREPARED = ("SELECT count(*) FROM pg_prepared_statements WHERE statement LIKE 'SELECT $1::int%%'", ())


@pytest.fixture
async def pipeline(settings: Settings) -> AsyncIterator[Pipeline]:
    """On a connection of its own."""
    connection = await psycopg.AsyncConnection.connect(settings.database_url, prepare_threshold=None)
    async with connection:
        yield Pipeline(connection)


async def test_each_statement_gives_its_rows_in_order(pipeline: Pipeline) -> None:
    """Those of a statement that returns nothing are none; `%%` is a percent."""
    rows = await pipeline.send(
        ("SELECT %s::int, %s::text", (1, "a")), ("SET LOCAL work_mem = '4MB'", ()), ("SELECT 7 %% 4", ())
    )
    assert rows == [[(1, "a")], [], [(3,)]]


async def test_the_first_failure_is_raised_and_what_follows_is_not_done(pipeline: Pipeline) -> None:
    """A transaction fails whole, and the same statements serve again afterwards."""
    await pipeline.send(("CREATE TEMP TABLE kept (n int)", ()))
    insertion = ("INSERT INTO kept VALUES (%s / %s)", (1, 0))
    with pytest.raises(DivisionByZero):
        await pipeline.send(("BEGIN", ()), insertion, ("INSERT INTO kept VALUES (2)", ()), ("COMMIT", ()))
    await pipeline.send(("ROLLBACK", ()))
    assert await pipeline.send(("SELECT n FROM kept", ())) == [[]]
    await pipeline.send(("BEGIN", ()), (insertion[0], (4, 2)), ("COMMIT", ()))
    assert await pipeline.send(("SELECT n FROM kept", ())) == [[(2,)]]


async def test_a_statement_that_could_not_be_prepared_may_be_later(pipeline: Pipeline) -> None:
    """Its table did not exist; now it does."""
    question = ("SELECT n FROM late", ())
    with pytest.raises(UndefinedTable):
        await pipeline.send(("SELECT %s::int", (1,)), question)
    await pipeline.send(("CREATE TEMP TABLE late (n int)", ()))
    assert await pipeline.send(question) == [[]]


async def test_a_statement_is_prepared_once_and_a_rollback_forgets_nothing(pipeline: Pipeline) -> None:
    """The server would plan again everything that it forgets."""
    for verdict in ("COMMIT", "ROLLBACK", "COMMIT"):
        await pipeline.send(("BEGIN", ()), ("SELECT %s::int", (1,)), (verdict, ()))
    assert await pipeline.send(PREPARED) == [[(1,)]]


async def test_beyond_a_number_all_are_forgotten_on_both_sides(
    pipeline: Pipeline, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What the server keeps for a connection is bounded, and a statement then forgotten still serves."""
    monkeypatch.setattr(piped, "KEPT", 10)
    for rank in range(30):
        assert await pipeline.send((f"SELECT %s::int + {rank}", (1,))) == [[(1 + rank,)]]
    assert (await pipeline.send(PREPARED))[0][0][0] <= 11
    assert await pipeline.send(("SELECT %s::int + 0", (1,))) == [[(1,)]]


async def test_what_cannot_be_sent_leaves_the_connection_as_it_was(pipeline: Pipeline) -> None:
    """Nothing of the batch leaves."""
    await pipeline.send(("CREATE TEMP TABLE untouched (n int)", ()))
    with pytest.raises(ProgrammingError):
        await pipeline.send(("INSERT INTO untouched VALUES (%s)", (1,)), ("SELECT %s", (object(),)))
    assert await pipeline.send(("SELECT n FROM untouched", ())) == [[]]


async def test_a_request_given_up_leaves_a_connection_that_answers(pipeline: Pipeline) -> None:
    """The caller went away in the middle: what ran is cancelled, and the next question gets its own answer."""
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(0.2):
            await pipeline.send(("SELECT pg_sleep(%s)", (60,)), ("SELECT %s::int", (1,)))
    assert await pipeline.send(("SELECT %s::int", (2,))) == [[(2,)]]


async def test_a_connection_that_the_server_ends_is_said_lost(pipeline: Pipeline) -> None:
    """In the middle of a batch too."""
    with pytest.raises(psycopg.OperationalError):
        await pipeline.send(
            ("SELECT %s::int", (1,)), ("SELECT pg_terminate_backend(pg_backend_pid())", ()), ("SELECT %s::int", (2,))
        )
    assert pipeline.connection.closed
