"""One act, one story: a letter is written once the whole act is done, dated of that day, nothing past said to come."""

from __future__ import annotations

from datetime import UTC, datetime
from uuid import uuid4

import pytest

from catalogue.loader import catalogue
from domain.actors import Actor
from domain.filing import File
from domain.steps.completeness import Completeness
from letters.making import made, of_entry
from storage.engine.database import WORKING
from storage.register import filing
from tests.letters.extracted import extracted, packed
from tests.workers.office import AGENT, Office, example

MARCH = datetime(2027, 3, 15, 9, tzinfo=UTC)
JULY = datetime(2027, 7, 4, 9, tzinfo=UTC)


async def entered(office: Office, slug: str, *, complete: bool = True) -> str:
    """The receipt of a paper of 15 March, entered on 4 July."""
    await office.fix(JULY)
    plan, form = catalogue().plan(slug), example(slug)["form"]
    owed = [piece.key for piece in plan.pieces if piece.required_for(form)] if complete else []
    pieces = {key: (uuid4(),) for key in owed}
    paper = File(form=form, pieces=pieces, effective=MARCH, channel="paper", evidence="cachet du 15 mars 2027")
    dossier = uuid4()
    owner = filing.Owner(resident=await office.resident())
    await filing.deposit(office.world.database, WORKING, dossier, paper, AGENT, plan=plan, owner=owner)
    return extracted(made(of_entry(await office.story(dossier), 1), "acknowledgement").pdf)


async def test_the_receipt_of_an_incomplete_request_says_the_day_that_the_page_says(office: Office) -> None:
    """Filed and asked for what is missing in one act: the delay is stopped until the last day given (4 October)."""
    await office.fix(JULY)
    dossier = await office.file("permission-voirie", complete=False)
    told = await office.story(dossier)
    assert told.now().reckoning().born is not None
    receipt = extracted(made(of_entry(told, 1), "acknowledgement").pdf)
    assert packed("4 octobre 2027") in receipt
    assert packed("4 septembre 2027") not in receipt


@pytest.mark.parametrize("slug", ["permission-voirie", "agrement-assistant-maternel", "mdph"])
async def test_a_paper_entered_late_is_answered_from_the_day_of_its_letter(office: Office, slug: str) -> None:
    """Dated 4 July, it still says 15 March, and gives the whole time from 4 July."""
    receipt = await entered(office, slug, complete=False)
    days = catalogue().plan(slug).step_of("completeness")
    assert isinstance(days, Completeness)
    until = days.give.for_a_resident(JULY.date())
    assert packed("Le 4 juillet 2027") in receipt
    assert packed("reçu le 15 mars 2027") in receipt
    assert packed(f"{until.day} août 2027") in receipt


@pytest.mark.parametrize("slug", ["permission-voirie", "agrement-assistant-maternel", "rapo-rsa"])
async def test_what_is_past_when_the_letter_is_written_is_not_said_to_come(office: Office, slug: str) -> None:
    """Complete on 15 March, its silence took effect before 4 July."""
    receipt = await entered(office, slug)
    assert "depuisle" in receipt
    assert not {"seraacceptée", "serarejetée", "serarejeté", "pourrez", "seraalors"} & set(_found(receipt))


async def test_a_letter_of_the_law_is_as_of_its_own_event(office: Office) -> None:
    """Silence on 4 July says silence, whatever came after it in the journal."""
    await entered(office, "permission-voirie")
    (row,) = await office.rows("SELECT id FROM dossier")
    told = await office.story(row.id)
    silence = next(entry for entry in told.entries if entry.event.kind == "silence_took_effect")
    assert told.after_act(silence.seq) == told.as_of(silence.seq)
    assert Actor(kind="agent", id=AGENT.id, name=AGENT.name) == told.entry(1).actor


def _found(receipt: str) -> list[str]:
    return [word for word in ("seraacceptée", "serarejetée", "serarejeté", "pourrez", "seraalors") if word in receipt]
