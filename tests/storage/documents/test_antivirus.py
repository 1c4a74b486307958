"""Only the exact answer `stream: OK` is clean."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from storage.documents.antivirus import Antivirus, ScannerUnavailable, Verdict, understood
from storage.documents.rows import DocumentMissing
from storage.documents.scan import scan_document
from storage.engine.database import WORKING
from tests.storage.documents.corpus.making import EICAR, blank_pdf
from tests.storage.documents.desk import Desk
from tests.storage.documents.fake_clamd import FakeClamd

pytest_plugins = ("tests.storage.documents.fixtures",)

INFECTED = blank_pdf().replace(b"%%EOF", b"%" + EICAR + b"\n%%EOF")


async def of(*pieces: bytes) -> AsyncIterator[bytes]:
    """A content as it comes."""
    for piece in pieces:
        yield piece


@pytest.mark.parametrize(
    ("answer", "verdict"),
    [
        (b"stream: OK\0", Verdict.CLEAN),
        (b"stream: OK\n", Verdict.CLEAN),
        (b"stream: Eicar-Signature FOUND\0", Verdict.INFECTED),
        (b"stream: OK FOUND\0", Verdict.INFECTED),
        (b"INSTREAM size limit exceeded. ERROR\0", Verdict.NOT_SCANNED),
        (b"stream: Can't allocate memory ERROR\0", Verdict.NOT_SCANNED),
        (b"stream: OK \0", Verdict.NOT_SCANNED),
        (b"other: OK\0", Verdict.NOT_SCANNED),
        (b"stream: ok\0", Verdict.NOT_SCANNED),
        (b"stream: OK\0stream: X FOUND\0", Verdict.INFECTED),
        (b"UNKNOWN COMMAND\0", Verdict.NOT_SCANNED),
    ],
)
async def test_an_answer_is_read_exactly(answer: bytes, verdict: Verdict) -> None:
    assert understood(answer) == verdict
    async with FakeClamd(answer).listening() as address:
        assert await Antivirus(address).scan(of(b"a", b"b" * 600_000)) == verdict


async def test_silence_is_no_verdict() -> None:
    with pytest.raises(ScannerUnavailable):
        understood(b"")
    async with FakeClamd(b"").listening() as address:
        with pytest.raises(ScannerUnavailable):
            await Antivirus(address).scan(of(b"a"))
    with pytest.raises(ScannerUnavailable):
        await Antivirus(address).scan(of(b"a"))


async def test_beyond_its_limit_the_scanner_says_so_and_the_document_is_marked_not_scanned() -> None:
    async with FakeClamd(limit=1 << 20).listening() as address:
        assert await Antivirus(address).scan(of(*[bytes(1 << 20)] * 40)) == Verdict.NOT_SCANNED


async def test_the_scanner_sees_the_content_itself_and_a_clean_one_becomes_readable(desk: Desk) -> None:
    content, clamd = blank_pdf(), FakeClamd()
    sent = await desk.upload(content)
    async with clamd.listening() as address:
        assert await scan_document(desk.worker, desk.store, WORKING, Antivirus(address), sent.id) == "clean"
        assert await scan_document(desk.worker, desk.store, WORKING, Antivirus(address), sent.id) == "moved"
    assert clamd.seen == [content]
    assert await desk.read(await desk.one(sent.id)) == content


async def test_a_virus_is_deleted_and_said(desk: Desk) -> None:
    sent = await desk.upload(INFECTED)
    async with FakeClamd().listening() as address:
        assert await scan_document(desk.worker, desk.store, WORKING, Antivirus(address), sent.id) == "infected"
    found = await desk.one(sent.id)
    assert (found.status, found.reason) == ("infected", "document-virus")
    (row,) = await desk.rows()
    assert (row["quarantine"], row["vault"]) == (None, None)


async def test_while_the_scanner_is_away_the_document_stays_in_quarantine(desk: Desk) -> None:
    sent = await desk.upload(blank_pdf())
    for _ in range(2):
        with pytest.raises(ScannerUnavailable):
            await scan_document(desk.worker, desk.store, WORKING, Antivirus("127.0.0.1:9"), sent.id)
    assert (await desk.one(sent.id)).status == "waiting"
    assert (await desk.rows())[0]["attempts"] == 2


async def test_without_a_scanner_it_is_readable_and_marked_so(desk: Desk) -> None:
    sent = await desk.upload(INFECTED)
    assert await scan_document(desk.worker, desk.store, WORKING, None, sent.id) == "not_scanned"
    assert (await desk.one(sent.id)).status == "not_scanned"


async def test_a_document_deleted_while_it_was_scanned_does_not_come_back(desk: Desk) -> None:
    sent = await desk.upload(blank_pdf())

    class Deleting(Antivirus):
        """A scan during which the resident changes their mind."""

        async def scan(self, content: AsyncIterator[bytes]) -> Verdict:  # noqa: ARG002
            await desk.delete(sent.id)
            return Verdict.CLEAN

    assert await scan_document(desk.worker, desk.store, WORKING, Deleting("127.0.0.1:9"), sent.id) == "moved"
    with pytest.raises(DocumentMissing):
        await desk.one(sent.id)
    await desk.lapse()
    await desk.reconciled()
    (row,) = await desk.rows()
    assert (row["status"], row["quarantine"], row["vault"]) == ("deleted", None, None)
