"""A campaign's run tells each moment that it is given, in order, and asks for what the baseline says."""

from __future__ import annotations

import json

import pytest
from temporalio.client import WorkflowFailureError

from tests.ending import ended
from tests.workflows.book import Book
from tests.workflows.test_histories import BASELINE, HISTORIES, RECORDING, TEACHING, commands, record
from workflows.effects import Wait

NAME = "campaign.told"
SHORT = 0.01


async def test_each_moment_is_told_in_order_and_the_run_ends(book: Book) -> None:
    """Its commands are those of the baseline; its history is kept and replayed with the others."""
    run = await book.start_campaign(
        Wait("planned", seconds=SHORT),
        Wait("opened", act="opened"),
        Wait("opened", seconds=SHORT),
        Wait("closed", act="closed"),
        Wait("voted", act="voted"),
    )
    assert await ended(run) == "voted"
    assert book.kinds("tell_of_campaign") == ["opened", "closed", "voted"]
    history = await run.fetch_history()
    if RECORDING:
        record(NAME, history)
    assert commands(history) == json.loads(BASELINE.read_text())[NAME], TEACHING.format(name=NAME)
    assert (HISTORIES / f"{NAME}.json").exists()


async def test_a_moment_that_cannot_be_told_fails_the_run_for_the_next_signal(book: Book) -> None:
    """The relay, or a move of the clock, begins another: PostgreSQL still says that it is to be told."""
    book.failing["opened"] = "refused"
    run = await book.start_campaign(Wait("opened", act="opened"))
    with pytest.raises(WorkflowFailureError):
        await ended(run)
    assert book.kinds("tell_of_campaign") == []
