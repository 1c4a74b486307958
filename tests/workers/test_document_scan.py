"""From an upload to its scan, through the outbox, the relay and the real engine."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from uuid import UUID, uuid4

import pytest
from sqlalchemy import delete

from catalogue.loader import catalogue
from domain.actors import Actor
from domain.document_loss import DocumentCeased
from domain.filing import File
from domain.steps.completeness_events import PiecesRequested
from storage.documents.lost import tell_ceased
from storage.documents.vault import promote
from storage.engine.database import WORKING, Database
from storage.engine.settings import Settings
from storage.register import filing
from storage.tables.drafts import draft
from tests.storage.documents.corpus.making import blank_pdf
from tests.storage.documents.desk import Desk
from tests.storage.documents.fake_clamd import FakeClamd
from tests.storage.documents.test_antivirus import INFECTED
from tests.workers.office import Office, example, opened
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


async def filed_with(office: Office, app: Database, content: bytes) -> tuple[Desk, UUID]:
    """An agreement for childminding, filed with that certificate, still waiting for its scan; and its document."""
    slug, resident = "agrement-assistant-maternel", await office.resident()
    desk = await Desk.opened(app, office.world.database, office.world.objects, resident, procedure=slug)
    form = example(slug)["form"]
    sent = await desk.upload(content, piece="certificat_medical")
    others = {p.key: (uuid4(),) for p in catalogue().plan(slug).pieces if p.required_for(form)}
    command = File(form=form, pieces={**others, "certificat_medical": (sent.id,)}, electronic_notice=True)
    async with office.owner.transaction(WORKING) as connection:
        await connection.execute(delete(draft).where(draft.c.id == desk.dossier))
    actor, owner = Actor(kind="resident", id=resident), filing.Owner(resident=resident)
    await filing.deposit(
        office.world.database, WORKING, desk.dossier, command, actor, plan=catalogue().plan(slug), owner=owner
    )
    return desk, sent.id


async def test_a_virus_found_after_filing_makes_the_piece_missing_again_and_both_sides_are_told(
    office: Office, app: Database
) -> None:
    """Asked anew with its reason, the delay explained; said once, whatever looks again."""
    agent = await office.agent("enfance", "agrement-assistant-maternel")
    async with FakeClamd().listening() as address:
        scanned = await opened(scanning(office, address), office.owner)
        desk, document = await filed_with(scanned, app, INFECTED)
        async with scanned.working():
            await scanned.until(lambda: done(desk, document, "infected"))
            await scanned.until(lambda: asked_anew(scanned, desk.dossier))
            await scanned.settled(desk.dossier)
            assert await tell_ceased(scanned.world.database, WORKING) == 0
    told = await office.story(desk.dossier)
    ceased, asked = [e.event for e in told.entries if e.event.kind in {"document_ceased", "pieces_requested"}]
    assert isinstance(ceased, DocumentCeased)
    assert isinstance(asked, PiecesRequested)
    assert (ceased.piece, ceased.cause) == ("certificat_medical", "virus")
    assert "virus" in asked.pieces[0].reason
    assert told.now().status == "incomplete"
    sent = {(mail["To"], mail["Subject"]) for mail in office.mails()}
    assert ("anna@example.org", "Des pièces vous sont demandées") in sent
    assert any(to == agent for to, _ in sent)


async def test_a_content_lost_after_filing_is_asked_for_anew_by_the_reconciler(office: Office, app: Database) -> None:
    desk, document = await filed_with(office, app, blank_pdf())
    assert await promote(office.world.database, office.world.objects, WORKING, document, "not_scanned")
    (row,) = [row for row in await desk.rows() if row["id"] == document]
    await office.world.objects.delete(office.world.objects.bucket, row["vault"])
    await office.rows("UPDATE document SET checked_at = NULL WHERE id = :d RETURNING id", d=document)
    await office.reconciler().once()
    told = await office.story(desk.dossier)
    (asked,) = [e.event for e in told.entries if isinstance(e.event, PiecesRequested)]
    assert "perdu par notre service" in asked.pieces[0].reason


async def asked_anew(office: Office, dossier: UUID) -> bool:
    """Whether the dossier waits for its piece."""
    return (await office.story(dossier)).now().missing() == ("certificat_medical",)
