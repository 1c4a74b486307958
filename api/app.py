"""The HTTP application: wiring only."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial

from fastapi import FastAPI

from api import routers
from api.http import error_answers, openapi
from api.http.bodies import StrictBodies
from api.http.clean_addresses import CleanAddresses
from api.http.edge import Edge
from api.http.heads import Heads
from api.http.measures import exposed
from api.production import StopsServing, watched
from api.services import opened
from api.writing_day import WritingDay
from storage.accounts import passwords
from storage.engine.fitness import refuse_unfit
from storage.engine.settings import Settings

DESCRIPTION = "Le guichet en ligne d'un département : déposer, instruire, décider, à temps et preuve à l'appui."


@asynccontextmanager
async def running(settings: Settings, app: FastAPI) -> AsyncIterator[None]:
    """What the application works with, opened over these settings and closed at the end."""
    refuse_unfit(settings, "app")
    passwords.nobody()
    async with opened(settings) as services:
        app.state.services = services
        with exposed(settings.metrics_port):
            async with watched(app, services):
                yield


def create_app(settings: Settings) -> FastAPI:
    """Build the application; connections open when it starts and close when it stops."""
    app = FastAPI(
        title="Guichet",
        version="1",
        description=DESCRIPTION,
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,
        lifespan=partial(running, settings),
    )
    error_answers.install(app)
    app.add_middleware(StrictBodies)
    app.add_middleware(CleanAddresses)
    app.add_middleware(StopsServing)
    app.add_middleware(Edge)
    app.add_middleware(Heads)
    if settings.mode == "demonstration":
        app.add_middleware(WritingDay)
    routers.include_all(app)
    app.openapi = partial(openapi.describe, app)  # type: ignore[method-assign]
    return app
