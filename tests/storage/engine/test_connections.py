"""The hot path's connections: bounded, given out only when they answer, and never in the middle of something."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import psycopg
import pytest

from storage.engine import connections as lent
from storage.engine.connections import Connections
from storage.engine.questions import asking
from storage.engine.settings import Settings

WHO = asking("SELECT pg_backend_pid()")


@pytest.fixture
async def connections(settings: Settings) -> AsyncIterator[Connections]:
    """Two at most."""
    found = Connections(settings.database_url, 2)
    yield found
    await found.close()


async def ended(settings: Settings, pid: int) -> None:
    """The server ends that connection, and has said so."""
    async with await psycopg.AsyncConnection.connect(settings.database_url, autocommit=True) as owner:
        await owner.execute("SELECT pg_terminate_backend(%s, 5000)", [pid])


async def test_one_given_back_serves_again(connections: Connections) -> None:
    assert await connections.ask(WHO) == await connections.ask(WHO)


async def test_beyond_their_number_one_waits_then_is_told(
    connections: Connections, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever waits gets the first that comes back; past patience, the database is said to be away."""
    async with connections.one() as first, connections.one() as second:
        assert first is not second
        waiting = asyncio.create_task(connections.ask(WHO))
        await asyncio.sleep(0.05)
        assert not waiting.done()
    assert await waiting
    monkeypatch.setattr(lent, "PATIENCE", 0.05)
    async with connections.one(), connections.one():
        with pytest.raises(psycopg.OperationalError, match="busy"):
            await connections.ask(WHO)
    assert await connections.ask(WHO)


async def test_one_that_died_while_idle_is_not_given_out(connections: Connections, settings: Settings) -> None:
    ((pid,),) = await connections.ask(WHO)
    await ended(settings, pid)
    async with connections.one() as pipeline:
        assert (await pipeline.send(WHO.statement))[0] != [(pid,)]


async def test_a_question_is_asked_again_when_its_connection_dies_in_hand(
    connections: Connections, settings: Settings
) -> None:
    """Once: what kills every connection is told."""
    async with await psycopg.AsyncConnection.connect(settings.database_url, autocommit=True) as owner:
        await owner.execute("CREATE SEQUENCE IF NOT EXISTS deaths")
        await owner.execute("SELECT setval('deaths', 1)")
        dies = "SELECT CASE WHEN nextval('deaths') < %s THEN pg_terminate_backend(pg_backend_pid()) END"
        assert await connections.ask(asking(dies, 3)) == [(None,)]
        with pytest.raises(psycopg.OperationalError):
            await connections.ask(asking(dies, 1000))
        await owner.execute("DROP SEQUENCE deaths")


async def test_one_given_back_in_the_middle_of_a_transaction_is_closed(connections: Connections) -> None:
    """Nobody goes on with what another began."""
    async with connections.one() as begun:
        await begun.send(("BEGIN", ()))
    async with connections.one() as pipeline:
        assert pipeline is not begun
    assert begun.connection.closed
