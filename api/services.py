"""What the routes use, opened once for each process: the database as `guichet_app`, the mail, the settings."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from typing import Annotated

import structlog
from fastapi import Depends
from starlette.requests import Request

from api.http.afterwards import Afterwards
from api.sign_in.oidc.client import Client
from storage.engine.database import Context, Database
from storage.engine.master_key import MasterKey
from storage.engine.rehearsing import Rehearsing
from storage.engine.settings import Settings
from storage.mail import Mail, Unsent, mail_of
from storage.objects.store import ObjectStore, StoreUnavailable, object_store

log = structlog.get_logger(__name__)

ANONYMOUS = Context(audience="anonymous", subject=None)
"""Whom the database sees before anybody has signed in."""


@dataclass(frozen=True, slots=True)
class Services:
    """The parts a route may need; everything else is made from them."""

    settings: Settings
    database: Database
    mail: Mail
    objects: ObjectStore
    openid: dict[str, Client] = field(default_factory=dict)
    afterwards: Afterwards = field(default_factory=Afterwards)

    @property
    def scanned(self) -> bool:
        """Whether an antivirus examines documents before anybody opens them."""
        return bool(self.settings.clamd_address)

    @property
    def master(self) -> MasterKey:
        """What seals and finds people."""
        return self.settings.master

    def rehearsing(self) -> "Services":
        """The same, with which everything is answered and nothing is kept or sent."""
        return replace(self, database=Rehearsing(self.database), mail=Unsent())


@asynccontextmanager
async def opened(settings: Settings) -> AsyncIterator[Services]:
    """Open what the application needs, and close it at the end."""
    database, objects, afterwards = Database(settings, "app"), object_store(settings), Afterwards()
    try:
        await _prepared(objects)
        yield Services(
            settings=settings, database=database, mail=mail_of(settings), objects=objects, afterwards=afterwards
        )
    finally:
        await afterwards.done()
        objects.close()
        await database.close()


async def _prepared(objects: ObjectStore) -> None:
    """Make the buckets. Without its store the application starts all the same: only documents wait for it."""
    try:
        await objects.prepare()
    except StoreUnavailable as error:
        log.warning("object store unavailable", why=str(error))


async def services_of(request: Request) -> Services:
    """The services of the application that received this request, or those that it is only rehearsed with."""
    services: Services = getattr(request.state, "services", None) or request.app.state.services
    return services


Use = Annotated[Services, Depends(services_of)]
"""How a route asks for them."""
