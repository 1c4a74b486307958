"""A notice is handed over once, delivered, then watched until read or deemed read."""

from __future__ import annotations

import pytest
from temporalio.client import Client, WorkflowExecutionStatus, WorkflowFailureError

from tests.ending import ended
from tests.workflows.book import Book, effect
from workflows.effects import Agenda, Wait
from workflows.queues import workflow_id

DECIDED = Agenda(6, [effect("decision", "letter:decision", 6), effect("notice", "notice:decision", 6)])


async def test_a_letter_is_handed_over_to_a_notice_of_its_own(book: Book, client: Client) -> None:
    book.waits = [Wait("available", seconds=0.05), Wait("read")]
    run = await book.start("apa-domicile", DECIDED)
    await ended(run)
    subject = f"{run.id.removeprefix('dossier/')}/6"
    notice = client.get_workflow_handle(workflow_id("notice", subject))
    assert await ended(notice) == "read"
    assert book.kinds("send_notice_email") == ["notice:decision"]
    assert book.kinds("hand_over") == ["notice:decision"]


async def test_a_notice_handed_over_twice_is_delivered_once(book: Book, client: Client) -> None:
    run = await book.start("apa-domicile", DECIDED, DECIDED)
    await ended(run)
    await ended(client.get_workflow_handle(f"notice/{run.id.removeprefix('dossier/')}/6"))
    assert book.kinds("hand_over") == ["notice:decision"] * 2
    assert book.kinds("deliver_notice") == ["notice:decision"]


async def test_who_did_not_consent_is_not_written_to_by_email(book: Book, client: Client) -> None:
    book.delivers = "by_post"
    run = await book.start("apa-domicile", DECIDED)
    await ended(run)
    assert await ended(client.get_workflow_handle(f"notice/{run.id.removeprefix('dossier/')}/6")) == "by_post"
    assert book.kinds("send_notice_email") == []


async def test_a_notice_that_cannot_be_delivered_is_an_incident(book: Book, client: Client) -> None:
    book.failing["notice:decision"] = "refused"
    run = await book.start("apa-domicile", DECIDED)
    await ended(run)
    notice = client.get_workflow_handle(f"notice/{run.id.removeprefix('dossier/')}/6")
    with pytest.raises(WorkflowFailureError):
        await ended(notice)
    assert (await notice.describe()).status is WorkflowExecutionStatus.FAILED
    assert ("give_up", "notice_failed", 6) in book.done
