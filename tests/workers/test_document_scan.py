"""From an upload to its scan, through the outbox, the relay and the real engine."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace

import pytest

from storage.database import Database
from storage.settings import Settings
from tests.storage.documents_corpus.making import blank_pdf
from tests.storage.documents_desk import Desk
from tests.storage.fake_clamd import FakeClamd
from tests.storage.test_antivirus import INFECTED
from tests.workers.office import Office, opened
from workers.world import World


@pytest.fixture
async def app(own_settings: Settings) -> AsyncIterator[Database]:
    """The database as the API sees it."""
    database = Database(own_settings, "app")
    yield database
    await database.close()


def scanning(office: Office, address: str) -> World:
    """The office's world, with a scanner."""
    settings = office.world.settings.model_copy(update={"clamd_address": address})
    return replace(office.world, settings=settings)


async def test_each_document_sent_is_scanned_and_moved_or_condemned(office: Office, app: Database) -> None:
    desk = await Desk.opened(app, office.world.database, office.world.objects)
    content = blank_pdf()
    healthy, sick = await desk.upload(content), await desk.upload(INFECTED)
    async with FakeClamd().listening() as address:
        scanned = await opened(scanning(office, address), office.owner)
        async with scanned.working():
            await office.until(lambda: done(desk, healthy.id, "clean"))
            await office.until(lambda: done(desk, sick.id, "infected"))
    assert await desk.read(await desk.one(healthy.id)) == content


async def test_a_scan_never_asked_for_is_found_by_the_reconciler(office: Office, app: Database) -> None:
    desk = await Desk.opened(app, office.world.database, office.world.objects)
    sent = await desk.upload(blank_pdf())
    await office.rows("DELETE FROM outbox WHERE subject = :d RETURNING id", d=str(sent.id))
    async with FakeClamd().listening() as address:
        scanned = await opened(scanning(office, address), office.owner)
        async with scanned.working():
            await scanned.reconciler().once()
            await office.until(lambda: done(desk, sent.id, "clean"))


async def done(desk: Desk, document_id: object, wanted: str) -> bool:
    """Whether a document has reached a status."""
    return any(row["id"] == document_id and row["status"] == wanted for row in await desk.rows())
