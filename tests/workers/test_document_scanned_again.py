"""What was kept without a scan is scanned once there is an antivirus, by the reconciler and the real engine."""

from __future__ import annotations

import pytest

from storage.documents.antivirus import Antivirus, ScannerUnavailable
from storage.documents.scan import scan_document
from storage.engine.database import WORKING, Database
from tests.storage.documents.corpus.making import blank_pdf
from tests.storage.documents.desk import Desk
from tests.storage.documents.fake_clamd import FakeClamd
from tests.storage.documents.test_antivirus import INFECTED
from tests.workers.office import Office, opened
from tests.workers.test_document_scan import app, done, scanning
from workers.activities.documents import look_over_documents

__all__ = ["app"]


async def test_what_was_kept_without_a_scan_is_scanned_once_there_is_an_antivirus(
    office: Office, app: Database
) -> None:
    """It is readable meanwhile; clean, it says so; infected, nobody opens it any more."""
    desk = await Desk.opened(app, office.world.database, office.world.objects)
    healthy, sick = await desk.kept(blank_pdf()), await desk.kept(INFECTED)
    assert {(await desk.one(one.id)).status for one in (healthy, sick)} == {"not_scanned"}
    assert (await look_over_documents(office.world)).to_scan == []

    async with FakeClamd().listening() as address:
        scanned = await opened(scanning(office, address), office.owner)
        async with scanned.working():
            await scanned.reconciler().once()
            await office.until(lambda: done(desk, healthy.id, "clean"))
            await office.until(lambda: done(desk, sick.id, "infected"))

    assert await desk.read(await desk.one(healthy.id))
    assert not [key for row in await desk.rows() if row["id"] == sick.id and (key := row["vault"])]


async def test_what_the_antivirus_cannot_judge_stays_readable_and_is_not_tried_every_minute(
    office: Office, app: Database
) -> None:
    desk = await Desk.opened(app, office.world.database, office.world.objects)
    large = await desk.kept(blank_pdf())
    async with FakeClamd(limit=10).listening() as address:
        world = scanning(office, address)
        antivirus = Antivirus(address)
        assert (await look_over_documents(world)).to_scan == [large.id]
        said = await scan_document(world.database, world.objects, WORKING, antivirus, large.id)
        assert said == "not_scanned"
        assert (await look_over_documents(world)).to_scan == []
    assert await desk.read(await desk.one(large.id))
    (row,) = await office.rows(
        "UPDATE document SET scan_tried_at = scan_tried_at - interval '8 days' WHERE id = :d RETURNING status",
        d=str(large.id),
    )
    assert row.status == "not_scanned"
    assert (await look_over_documents(world)).to_scan == [large.id]


async def test_while_the_antivirus_is_away_a_document_kept_before_stays_as_it_is(office: Office, app: Database) -> None:
    desk = await Desk.opened(app, office.world.database, office.world.objects)
    kept = await desk.kept(blank_pdf())
    world = scanning(office, "127.0.0.1:9")

    with pytest.raises(ScannerUnavailable):
        await scan_document(world.database, world.objects, WORKING, Antivirus("127.0.0.1:9"), kept.id)

    assert (await desk.one(kept.id)).status == "not_scanned"
    assert (await look_over_documents(world)).to_scan == [kept.id]
