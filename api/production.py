"""What production does not serve with: said, and refused, before somebody relies on it."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

import structlog
from fastapi import FastAPI
from psycopg import Error as DriverError
from sqlalchemy.exc import SQLAlchemyError
from starlette.requests import Request
from starlette.types import Receive, Scope, Send

from api.http import problem_types as types
from api.http.around import Around
from api.http.problems import Problem, problem_response
from api.services import ANONYMOUS, Services
from domain.sentence import N_
from storage.engine.database import Database
from storage.engine.legal_time import LegalClock, read_clock
from storage.engine.settings import Mode

LOOK_EVERY = 10.0
log = structlog.get_logger(__name__)
STOPPED = N_(
    "L'heure légale de ce guichet a été déplacée : il ne sert plus tant qu'elle l'est, car les délais seraient faux."
)


def moved_in_production(clock: LegalClock, mode: Mode) -> str:
    """Elsewhere it may be moved: demonstrations and tests do."""
    if mode != "production" or clock.mode == "runs":
        return ""
    return f"l'horloge légale est déplacée ({clock.mode})"


class Standing:
    """Whether legal time is real time, looked at now and then in production; `moved` says how it is not."""

    def __init__(self) -> None:
        self.moved = ""

    async def look(self, services: Services) -> None:
        """Look at the clock. A database that does not answer says it by itself."""
        with suppress(SQLAlchemyError, DriverError, OSError):
            moved = await _moved(services.database, services.settings.mode)
            if moved and not self.moved:
                log.error("legal clock moved in production: no longer serving")
            self.moved = moved

    async def watch(self, services: Services) -> None:
        """Until cancelled."""
        while True:
            await self.look(services)
            await asyncio.sleep(LOOK_EVERY)


async def _moved(database: Database, mode: Mode) -> str:
    async with database.transaction(ANONYMOUS) as connection:
        return moved_in_production(await read_clock(connection), mode)


@asynccontextmanager
async def watched(app: FastAPI, services: Services) -> AsyncIterator[None]:
    """In production, look at the clock for as long as the application runs, and say what it lacks."""
    if services.settings.mode != "production":
        yield
        return
    app.state.standing = standing = Standing()
    await standing.look(services)
    if not services.scanned:
        log.warning("no antivirus: documents are kept without being scanned (CLAMD_ADDRESS)")
    watching = asyncio.create_task(standing.watch(services))
    try:
        yield
    finally:
        watching.cancel()
        await asyncio.gather(watching, return_exceptions=True)


class StopsServing(Around):
    """Answer 503 to everything but its own health when the legal clock was moved (ASGI middleware)."""

    async def request(self, scope: Scope, receive: Receive, send: Send) -> None:
        if not scope["path"].startswith("/health/"):
            standing: Standing | None = getattr(scope["app"].state, "standing", None)
            if standing is not None and standing.moved:
                stopped = Problem(types.UNAVAILABLE, STOPPED, headers={"Retry-After": "60"})
                await problem_response(stopped, Request(scope))(scope, receive, send)
                return
        await self.app(scope, receive, send)
