"""The API in process, over the run's real parts; rate limits begin each test empty."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

import httpx2
import pytest
from fastapi import FastAPI
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from api.app import create_app, running
from catalogue.loader import catalogue
from storage.engine.database import Database
from storage.engine.settings import Settings
from tests.api.counter import OWNER, Counter
from tests.api.documented import announcing


@asynccontextmanager
async def opened_counter(
    settings: Settings, make: Callable[[Settings], FastAPI] = create_app
) -> AsyncIterator[Counter]:
    """The application that `make` gives over these settings, started and stopped: the API alone, or its pages too."""
    owner, served = Database(settings, "owner", size=2), settings.served_as("app")
    await emptied(owner)
    try:
        async with _application(served, make) as app, running(served, app):
            transport = httpx2.ASGITransport(app=app, raise_app_exceptions=False)
            announced = {"response": [announcing(app)]}
            async with httpx2.AsyncClient(
                transport=transport, base_url="http://guichet.test", event_hooks=announced
            ) as client:
                yield Counter(app=app, client=client, settings=settings, owner=owner)
    finally:
        await owner.close()


async def emptied(owner: Database) -> None:
    """Rate limits begin again, and every procedure is served."""
    async with owner.transaction(OWNER) as connection:
        await connection.execute(text("DELETE FROM rate_limit"))
        await _served(connection)


async def _served(connection: AsyncConnection) -> None:
    """Every procedure is offered: a group without agents serves them, where nobody would else."""
    await connection.execute(text("INSERT INTO agent_group VALUES ('accueil', 'Accueil') ON CONFLICT DO NOTHING"))
    rows = [{"procedure": slug} for slug in catalogue().slugs()]
    await connection.execute(
        text("INSERT INTO group_procedure VALUES ('accueil', :procedure) ON CONFLICT DO NOTHING"), rows
    )


_RESTING: dict[tuple[Callable[[Settings], FastAPI], str], list[FastAPI]] = {}


@asynccontextmanager
async def _application(settings: Settings, make: Callable[[Settings], FastAPI]) -> AsyncIterator[FastAPI]:
    """One that another test has left, if there is: its routes take half a second, and know the mode alone."""
    resting = _RESTING.setdefault((make, settings.mode), [])
    app = resting.pop() if resting else make(settings)
    try:
        yield app
    finally:
        for name in tuple(app.state):
            del app.state[name]
        resting.append(app)


@asynccontextmanager
async def lent(shared: Counter) -> AsyncIterator[Counter]:
    """A counter that other tests have used and will use, as if it had just been opened."""
    await emptied(shared.owner)
    shared.client.cookies.clear()
    before = {name: shared.app.state[name] for name in shared.app.state}
    yield shared
    for name in tuple(shared.app.state):
        del shared.app.state[name]
    for name, value in before.items():
        shared.app.state[name] = value


@pytest.fixture(scope="session")
async def shared_counter(settings: Settings) -> AsyncIterator[Counter]:
    """The API, started once for this worker: opening its connections costs more than most tests."""
    async with opened_counter(settings) as opened:
        yield opened


@pytest.fixture
async def counter(shared_counter: Counter) -> AsyncIterator[Counter]:
    """The API."""
    async with lent(shared_counter) as ours:
        yield ours
