"""The API in process, over the run's real parts; rate limits begin each test empty."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

import httpx2
import pytest
from fastapi import FastAPI
from sqlalchemy import text

from api.app import create_app
from storage.database import Database
from storage.settings import Settings
from tests.api.counter import OWNER, Counter


@asynccontextmanager
async def opened_counter(
    settings: Settings, make: Callable[[Settings], FastAPI] = create_app
) -> AsyncIterator[Counter]:
    """The application that `make` gives over these settings, started and stopped: the API alone, or its pages too."""
    app = make(settings)
    owner = Database(settings, "owner", size=2)
    async with owner.transaction(OWNER) as connection:
        await connection.execute(text("DELETE FROM rate_limit"))
    transport = httpx2.ASGITransport(app=app, raise_app_exceptions=False)
    try:
        async with (
            app.router.lifespan_context(app),
            httpx2.AsyncClient(transport=transport, base_url="http://guichet.test") as client,
        ):
            yield Counter(app=app, client=client, settings=settings, owner=owner)
    finally:
        await owner.close()


@pytest.fixture
async def counter(settings: Settings) -> AsyncIterator[Counter]:
    """The API, started and stopped around the test."""
    async with opened_counter(settings) as opened:
        yield opened
