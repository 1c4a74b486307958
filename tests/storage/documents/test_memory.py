"""A large document is never whole in memory, neither on its way in nor on its way out."""

from __future__ import annotations

import tracemalloc
from collections.abc import Iterator
from contextlib import contextmanager, suppress

import pytest

from storage.documents.preview import NotDrawn, preview
from storage.documents.vault import contents, promote, readable
from storage.engine.database import WORKING
from tests.storage.documents.desk import Desk

pytest_plugins = ("tests.storage.documents.fixtures",)

MEBIBYTE = 1 << 20
SIZE = 100 * MEBIBYTE
BOUND = 34 * MEBIBYTE
BEGINNING = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
    b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>endobj\n4 0 obj<</Length 104857600>>stream\n"
)
END = b"\nendstream endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"


@contextmanager
def peak() -> Iterator[list[int]]:
    """The most that Python held at once inside the block, in bytes, in a list of one."""
    tracemalloc.start()
    measured: list[int] = []
    try:
        yield measured
        measured.append(tracemalloc.get_traced_memory()[1])
    finally:
        tracemalloc.stop()


@pytest.mark.usefixtures("confined")
async def test_a_hundred_megabytes_come_in_and_go_out_within_four_parts_of_memory(desk: Desk) -> None:
    with peak() as incoming:
        async with desk.intake(desk.sent()) as intake:
            await intake.add(BEGINNING)
            for number in range(SIZE // 65_536):
                await intake.add(number.to_bytes(4, "big") * 16_384)
            await intake.add(END)
            sent = await intake.finish()
    assert incoming[0] < BOUND
    assert await promote(desk.worker, desk.store, WORKING, sent.id, "clean")
    found, key = await desk.one(sent.id), await desk.app.keys.of(desk.dossier)
    with peak() as outgoing:
        length = 0
        async for piece in contents(desk.store, key.derive("documents"), found, readable(found)):
            length += len(piece)
    assert length == len(BEGINNING) + SIZE + len(END)
    assert outgoing[0] < BOUND
    with peak() as drawn, suppress(NotDrawn):
        facts = readable(found)
        await preview(contents(desk.store, key.derive("documents"), found, facts), facts.media_type)
    assert drawn[0] < BOUND
