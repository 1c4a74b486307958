"""From the sender to the vault and back, on the real database and the real object store."""

from __future__ import annotations

import asyncio
import hashlib
import os
from uuid import UUID, uuid4

import pytest
from sqlalchemy import select, update

from storage.documents.checks.refusals import DocumentRefused, Reason
from storage.documents.intake import SentTwice, UploadInFlight, UploadInterrupted
from storage.documents.rows import DocumentMissing, DocumentNotReadable, list_of, pieces_given, refuse_unless_here
from storage.documents.vault import (
    NotTheVault,
    contents,
    delete_draft_document,
    forget_documents,
    promote,
    readable,
)
from storage.engine.database import WORKING, Context
from storage.engine.keys import KeyDestroyed
from storage.objects.sealed_stream import BrokenStream
from storage.register import drafts
from storage.tables.documents import document
from storage.tables.effects import outbox
from tests.storage.documents.corpus.making import blank_pdf, image
from tests.storage.documents.desk import Desk

pytest_plugins = ("tests.storage.documents.fixtures",)


def large_pdf(size: int) -> bytes:
    """A PDF of about so many bytes that no compression makes small."""
    return blank_pdf(lambda pdf: setattr(pdf.Root, "Extra", pdf.make_stream(os.urandom(size))))


@pytest.mark.parametrize("size", [0, 70_000, 20_000_000])
@pytest.mark.usefixtures("confined")
async def test_what_is_sent_is_what_is_read(desk: Desk, size: int) -> None:
    content = large_pdf(size)
    sent = await desk.upload(content, "Avis d'impôt.pdf", piece="avis_imposition")
    assert sent.status == "waiting"
    await promote(desk.worker, desk.store, WORKING, sent.id, "clean")
    found = await desk.one(sent.id)
    assert (found.status, found.piece) == ("clean", "avis_imposition")
    facts = readable(found)
    assert (facts.name, facts.media_type, facts.size) == ("Avis d'impôt.pdf", "application/pdf", len(content))
    assert facts.sha256 == hashlib.sha256(content).hexdigest()
    assert await desk.read(found) == content


async def test_nothing_of_a_document_is_in_clear_in_the_database_nor_in_the_store(desk: Desk) -> None:
    canary = b"CANARI-DIAGNOSTIC-7261"
    content = blank_pdf(lambda pdf: setattr(pdf.docinfo, "/Title", canary.decode())) + canary
    found = await desk.kept(content, f"{canary.decode()}.pdf")
    assert found.vault
    kept = await desk.store.get(desk.store.bucket, found.vault)
    row = b"".join(
        bytes(value) if isinstance(value, bytes) else str(value).encode() for value in (await desk.rows())[0].values()
    )
    for where in (kept, row, found.vault.encode()):
        assert canary not in where
        assert hashlib.sha256(content).hexdigest().encode() not in where


async def test_a_document_to_be_scanned_is_announced_in_the_same_transaction(desk: Desk) -> None:
    waited = await desk.upload(blank_pdf())
    async with desk.intake(desk.sent(), scanned=False) as intake:
        await intake.add(blank_pdf())
        moved = await intake.finish()
    with pytest.raises(DocumentRefused):
        await desk.upload(b"")
    async with desk.worker.transaction(WORKING) as connection:
        announced = select(outbox.c.subject).where(outbox.c.kind == "document")
        subjects = set((await connection.execute(announced)).scalars())
    assert str(waited.id) in subjects
    assert str(moved.id) not in subjects
    assert {str(row["id"]) for row in await desk.rows()} & subjects == {str(waited.id)}


async def test_a_document_that_waits_is_opened_by_nobody(desk: Desk) -> None:
    sent = await desk.upload(blank_pdf())
    with pytest.raises(DocumentNotReadable) as refused:
        readable(await desk.one(sent.id))
    assert refused.value.status == "waiting"
    with pytest.raises(DocumentNotReadable):
        await desk.read(sent)


async def test_a_reader_given_the_quarantine_s_name_reads_nothing(desk: Desk) -> None:
    found = await desk.kept(blank_pdf())
    astray = type(found)(**{name: getattr(found, name) for name in found.__slots__} | {"vault": "quarantine/abc"})
    with pytest.raises(NotTheVault):
        await anext(contents(desk.store, bytes(32), astray, readable(found)))


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("vide.pdf", b"", Reason.EMPTY),
        ("photo.jpg", b"MZ" + bytes(5000), Reason.DISGUISED),
        ("page.html", b"<!doctype html><p>bonjour</p>", Reason.FORBIDDEN),
        ("avis.pdf", b"%PDF-1.7\n" + bytes(300_000) + b"%%EOF", Reason.UNREADABLE),
    ],
)
@pytest.mark.usefixtures("confined")
async def test_a_refused_document_leaves_its_reason_and_no_object(
    desk: Desk, name: str, content: bytes, reason: Reason
) -> None:
    before = await desk.objects()
    with pytest.raises(DocumentRefused) as refused:
        await desk.upload(content, name)
    assert refused.value.reason == reason
    (row,) = await desk.rows()
    assert (row["status"], row["reason"], row["facts"], row["quarantine"]) == ("refused", reason, None, None)
    assert await desk.objects() == before
    assert await desk.shown() == []


async def test_a_file_above_the_limit_is_refused_before_its_end(desk: Desk) -> None:
    came = 0

    async def send_for_ever() -> None:
        nonlocal came
        async with desk.intake(desk.sent(limit=3 << 20)) as intake:
            await intake.add(b"%PDF-1.7\n")
            while True:
                came += 1 << 16
                await intake.add(bytes(1 << 16))

    with pytest.raises(DocumentRefused) as refused:
        await send_for_ever()
    assert came <= (3 << 20) + (1 << 16)
    assert refused.value.reason == Reason.TOO_LARGE
    assert (await desk.rows())[0]["quarantine"] is None


async def test_a_digest_that_differs_is_an_altered_upload(desk: Desk) -> None:
    content = blank_pdf()
    kept = await desk.upload(content, digest=hashlib.sha256(content).digest())
    assert kept.status == "waiting"
    with pytest.raises(DocumentRefused) as refused:
        await desk.upload(content, digest=hashlib.sha256(b"autre").digest())
    assert refused.value.reason == Reason.DIGEST


async def test_a_second_upload_under_one_key_meets_the_first(desk: Desk) -> None:
    async with desk.intake(desk.sent(idempotency_key="k1")):
        with pytest.raises(UploadInFlight):
            await desk.upload(blank_pdf(), idempotency_key="k1")


async def test_an_upload_given_up_meanwhile_is_not_kept(desk: Desk) -> None:
    async def fall_asleep() -> None:
        async with desk.intake(desk.sent()) as intake:
            await intake.add(blank_pdf())
            async with desk.worker.transaction(WORKING) as connection:
                await connection.execute(update(document).where(document.c.id == intake.id).values(status="refused"))
            await intake.finish()

    with pytest.raises(UploadInterrupted):
        await fall_asleep()
    assert {row["status"] for row in await desk.rows()} == {"refused"}


async def test_another_resident_sees_nothing_of_it(desk: Desk) -> None:
    found = await desk.kept(blank_pdf())
    key = await desk.app.keys.of(desk.dossier)
    stranger = Context(audience="resident", subject=uuid4())
    async with desk.app.transaction(stranger) as connection:
        assert await list_of(connection, key, desk.dossier) == []
    with pytest.raises(DocumentMissing):
        await delete_draft_document(desk.app, desk.store, stranger, desk.dossier, found.id)


async def test_an_object_of_another_document_does_not_open(desk: Desk) -> None:
    """Whoever holds the store and exchanges two objects is found out, even within one dossier."""
    first, second = await desk.kept(blank_pdf()), await desk.kept(blank_pdf())
    assert first.vault
    assert second.vault
    stolen = await desk.store.get(desk.store.bucket, second.vault)
    await desk.store.delete(desk.store.bucket, first.vault)
    await desk.store.put_sealed(desk.store.bucket, first.vault, stolen)
    with pytest.raises(BrokenStream):
        await desk.read(first)


async def test_an_object_cut_short_is_refused_before_its_first_byte(desk: Desk) -> None:
    found = await desk.kept(large_pdf(300_000))
    assert found.vault
    kept = await desk.store.get(desk.store.bucket, found.vault)
    await desk.store.delete(desk.store.bucket, found.vault)
    await desk.store.put_sealed(desk.store.bucket, found.vault, kept[:-10])
    facts = readable(found)
    with pytest.raises(BrokenStream):
        await anext(contents(desk.store, bytes(32), found, facts))


async def test_a_draft_s_document_is_deleted_for_good(desk: Desk) -> None:
    found = await desk.kept(blank_pdf())
    await delete_draft_document(desk.app, desk.store, desk.context, desk.dossier, found.id)
    with pytest.raises(DocumentMissing):
        await desk.one(found.id)
    assert found.vault not in await desk.objects()
    (row,) = await desk.rows()
    assert (row["status"], row["facts"], row["vault"]) == ("deleted", None, None)
    with pytest.raises(DocumentMissing):
        await delete_draft_document(desk.app, desk.store, desk.context, desk.dossier, found.id)


async def test_the_pieces_given_are_those_received_whole(desk: Desk) -> None:
    first = await desk.upload(blank_pdf(), piece="identite")
    second = await desk.upload(image("JPEG"), "verso.jpg", piece="identite")
    gone = await desk.upload(blank_pdf(), piece="rib")
    await delete_draft_document(desk.app, desk.store, desk.context, desk.dossier, gone.id)
    async with desk.app.transaction(desk.context) as connection:
        assert await pieces_given(connection, desk.dossier) == {"identite": (first.id, second.id)}
        await refuse_unless_here(connection, desk.dossier, [first.id, second.id])


async def test_a_document_deleted_refused_or_of_another_dossier_answers_no_piece(desk: Desk) -> None:
    kept, gone = await desk.upload(blank_pdf()), await desk.upload(blank_pdf())
    await desk.delete(gone.id)
    other = await Desk.opened(desk.app, desk.worker, desk.store, resident=desk.resident)
    elsewhere = await other.upload(blank_pdf())
    for absent in (gone.id, elsewhere.id, uuid4()):
        async with desk.app.transaction(desk.context) as connection:
            with pytest.raises(DocumentMissing):
                await refuse_unless_here(connection, desk.dossier, [kept.id, absent])


async def test_a_purge_leaves_no_object_no_row_and_no_key(desk: Desk) -> None:
    kept, waiting = await desk.kept(blank_pdf()), await desk.upload(blank_pdf())
    quarantine = {row["quarantine"] for row in await desk.rows() if row["id"] == waiting.id}
    await desk.app.keys.destroy(desk.dossier)
    assert await forget_documents(desk.worker, desk.store, WORKING, desk.dossier) == 2
    assert not (quarantine | {kept.vault}) & await desk.objects()
    assert await desk.rows() == []
    with pytest.raises(KeyDestroyed):
        await desk.upload(blank_pdf())


async def test_the_documents_of_a_draft_given_up_go_with_it(desk: Desk) -> None:
    kept, waiting = await desk.kept(blank_pdf()), await desk.upload(blank_pdf())
    async with desk.app.transaction(desk.context) as connection:
        await drafts.drop(connection, desk.dossier)
    await desk.reconciled()
    rows = {row["id"]: row for row in await desk.rows()}
    for gone in (kept.id, waiting.id):
        assert (rows[gone]["status"], rows[gone]["vault"], rows[gone]["quarantine"]) == ("deleted", None, None)
    assert kept.vault not in await desk.objects()


async def test_the_documents_of_a_draft_that_lives_are_kept(desk: Desk) -> None:
    kept = await desk.kept(blank_pdf())
    await desk.reconciled()
    assert (await desk.one(kept.id)).status == "not_scanned"
    assert kept.vault in await desk.objects()


async def test_two_clicks_keep_one_document(desk: Desk) -> None:
    """Whichever ends first; another name, another piece, or the same once deleted, is another document."""
    content = blank_pdf()

    async def click(name: str = "avis.pdf", piece: str = "free") -> UUID:
        try:
            return (await desk.upload(content, name, piece=piece, once=True)).id
        except SentTwice as again:
            return again.kept.id

    clicks = await asyncio.gather(*(click() for _ in range(3)))
    assert len(set(clicks)) == 1
    assert [document.id for document in await desk.shown()] == [clicks[0]]
    assert [row["status"] for row in await desk.rows()].count("refused") == 2
    assert len(await desk.objects()) == 1
    others = {await click("autre.pdf"), await click(piece="identite")}
    assert len(others | {clicks[0]}) == 3
    await desk.delete(clicks[0])
    assert await click() != clicks[0]
