"""An incident is opened once for each effect of each entry, and whoever opens it knows whether it is new."""

from __future__ import annotations

from datetime import UTC, datetime

from storage.engine.database import WORKING
from storage.engine.settings import Settings
from storage.register.incidents import open_incident
from tests.storage.filed import file, opened

NOW = datetime(2026, 11, 24, tzinfo=UTC)


async def test_the_first_opening_is_new_and_the_second_is_not(settings: Settings) -> None:
    async with opened(settings, "app") as app:
        dossier = (await file(app)).id
    async with opened(settings, "worker") as worker, worker.transaction(WORKING) as connection:
        told = [await open_incident(connection, dossier, 1, "email:filed", code="away", at=NOW) for _ in range(2)]
        other = await open_incident(connection, dossier, 1, "letter:acknowledgement", code="away", at=NOW)

    assert told == [True, False]
    assert other
