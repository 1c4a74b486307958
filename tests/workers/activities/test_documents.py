"""The worker's part: a scan as an activity, run by Temporal's own environment."""

from __future__ import annotations

import pytest
from temporalio.exceptions import ApplicationError
from temporalio.testing import ActivityEnvironment

from storage.documents.antivirus import ScannerUnavailable
from storage.egress import Egress
from storage.mail import mail_of
from tests.storage.documents.corpus.making import blank_pdf
from tests.storage.documents.desk import Desk
from tests.storage.documents.fake_clamd import FakeClamd
from workers.activities.documents import DocumentActivities, look_over_documents, sweep_store
from workers.world import World
from workflows.effects import Named

pytest_plugins = ("tests.storage.documents.fixtures",)


def world_of(desk: Desk, clamd: str | None) -> World:
    """The worker's world, with or without a scanner."""
    settings = desk.worker.settings.model_copy(update={"clamd_address": clamd})
    egress = Egress(strict=False)
    return World(settings=settings, database=desk.worker, objects=desk.store, mail=mail_of(settings), egress=egress)


async def test_a_scan_moves_the_document_on_and_a_second_one_changes_nothing(desk: Desk) -> None:
    sent = await desk.upload(blank_pdf())
    async with FakeClamd().listening() as address:
        activities = DocumentActivities(world_of(desk, address))
        run = ActivityEnvironment().run
        assert await run(activities.scan_document, Named(str(sent.id))) == "clean"
        assert await run(activities.scan_document, Named(str(sent.id))) == "moved"
    assert (await desk.one(sent.id)).status == "clean"


async def test_a_scanner_that_is_away_is_tried_again_later(desk: Desk) -> None:
    sent = await desk.upload(blank_pdf())
    world = world_of(desk, "127.0.0.1:9")
    with pytest.raises(ScannerUnavailable):
        await ActivityEnvironment().run(DocumentActivities(world).scan_document, Named(str(sent.id)))
    assert sent.id in (await look_over_documents(world)).to_scan


async def test_a_content_that_is_gone_is_not_tried_again(desk: Desk) -> None:
    sent = await desk.upload(blank_pdf())
    (row,) = await desk.rows()
    await desk.store.delete(desk.store.bucket, row["quarantine"])
    world = world_of(desk, None)
    with pytest.raises(ApplicationError) as gone:
        await ActivityEnvironment().run(DocumentActivities(world).scan_document, Named(str(sent.id)))
    assert gone.value.non_retryable
    assert (await look_over_documents(world)).lost == 1
    assert (await desk.one(sent.id)).status == "lost"
    assert (await sweep_store(world)).orphans == []
