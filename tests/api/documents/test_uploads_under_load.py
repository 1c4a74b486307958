"""Whoever sends ten heavy files at once waits for them alone: others' files and codes pass before."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from uuid import uuid4

import pytest

from tests.api.counter import Counter, SignedIn
from tests.storage.documents.corpus.heavy import crowded_pdf
from tests.storage.documents.corpus.making import blank_pdf

TEN = 10
IN_HAND = 6
"""What one account may have in hand (`storage/documents/sandbox.py`)."""
PdfSent = tuple[int, str | None, float]


async def place_of(person: SignedIn) -> str:
    """Where the documents of a new draft go."""
    begun = await person.post("drafts", json={"procedure": "acces-documents"})
    return f"drafts/{begun.json()['id']}/documents"


async def sent(person: SignedIn, place: str, content: bytes) -> PdfSent:
    """Send a file; the status, Retry-After, and the seconds it took."""
    started = time.monotonic()
    answer = await person.post(place, files={"file": ("avis.pdf", content, "application/pdf")})
    return answer.status_code, answer.headers.get("retry-after"), time.monotonic() - started


async def code_asked(counter: Counter) -> float:
    """The seconds that a sign-in code takes."""
    started = time.monotonic()
    asked = await counter.client.post("/v1/residents/sign-in/code", json={"email": f"{uuid4().hex}@example.org"})
    assert asked.status_code == 202
    return time.monotonic() - started


@pytest.mark.usefixtures("confined")
async def test_ten_heavy_files_of_one_resident_hold_nobody_else(
    counter: Counter, record_property: Callable[[str, object], None]
) -> None:
    heavy, light = crowded_pdf(120_000), blank_pdf()
    anne, yves = await counter.resident(), await counter.resident()
    hers, his = await place_of(anne), await place_of(yves)
    (_, _, file_alone), code_alone = await sent(yves, his, light), await code_asked(counter)
    assert len(heavy) > 2_800_000

    flood = [asyncio.ensure_future(sent(anne, hers, heavy)) for _ in range(TEN)]
    while sum(one.done() for one in flood) < TEN - IN_HAND:
        await asyncio.sleep(0.01)
    status, _, file_under_load = await sent(yves, his, light)
    still = sum(not one.done() for one in flood)
    code_under_load = max([await code_asked(counter) for _ in range(5)])
    answers = await asyncio.gather(*flood)

    # What shows it whatever the machine's load: of hers, all but one or two were still to be examined.
    assert status == 201
    assert still >= IN_HAND - 2
    refused = [wait for status, wait, _ in answers if status == 429]
    assert len(refused) == TEN - IN_HAND
    assert all(int(wait or "0") > 0 for wait in refused)
    # What it costs: at most the promised seconds, on a machine that gives them when nothing is asked of it.
    assert file_under_load < max(2.0, 4 * file_alone)
    assert code_under_load < max(0.3, 6 * code_alone)
    record_property(
        "figure",
        f"ten PDF of 2.8 MB by one resident: another's file {file_under_load:.2f} s (alone {file_alone:.2f} s), "
        f"a code {code_under_load:.3f} s (alone {code_alone:.3f} s)",
    )
