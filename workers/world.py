"""What the activities of one worker process hold: its settings, its database, its store, its mail, its way out."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

from sqlalchemy.ext.asyncio import AsyncConnection

from storage.egress import Egress
from storage.engine.database import WORKING, Database
from storage.engine.settings import Settings
from storage.mail import Mail, mail_of
from storage.objects.store import ObjectStore, object_store


@dataclass(frozen=True, slots=True)
class World:
    """Made once per process by `workers/main.py`, or by a test."""

    settings: Settings
    database: Database
    objects: ObjectStore
    mail: Mail
    egress: Egress

    @classmethod
    def of(cls, settings: Settings) -> "World":
        """The world that `settings` names. Raises MailNotConfigured."""
        return cls(
            settings=settings,
            database=Database(settings, "worker", size=20),
            objects=object_store(settings),
            mail=mail_of(settings),
            egress=Egress(strict=settings.mode == "production"),
        )

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[AsyncConnection]:
        """A transaction of the worker's own role."""
        async with self.database.transaction(WORKING) as connection:
            yield connection

    async def close(self) -> None:
        """Let connections and threads go."""
        await self.database.close()
        self.objects.close()
