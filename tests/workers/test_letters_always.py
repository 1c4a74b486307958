"""A letter is always made, whatever people write; nothing is notified without it, and one that failed is redone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest

from domain.actors import Actor
from domain.steps.decision import Decide
from letters.blocks import Unrenderable
from storage.documents import letters
from storage.engine.database import WORKING
from storage.engine.legal_time import legal_now
from storage.register import incidents
from tests.letters.extracted import extracted, packed
from tests.workers.office import Office, example
from workflows import policies

SLUG = "acces-documents"
SIGNATORY = Actor(kind="agent", id=UUID(int=7), name="Anne Agent")
NAME = "李 明"


def foreign(form: Mapping[str, Any]) -> dict[str, Any]:
    """The worked example, by somebody whose name and street are not in Latin letters."""
    person = form["demandeur"]
    address = {**person["adresse"], "voie": "12 rue de la 🏠"}
    return {**form, "demandeur": {**person, "nom": NAME, "adresse": address}}


async def refused(office: Office, reasons: str = "\uf0b7 un motif\n\uf0b7 un autre \x07") -> UUID:
    """A request refused, with reasons pasted from a text processor."""
    dossier = await office.file(SLUG, form=foreign(example(SLUG)["form"]))
    content = {**example(SLUG)["refus"], "reasons_fact": reasons}
    await office.act(dossier, Decide(outcome="refus", **content), SIGNATORY)
    return dossier


async def pdf(office: Office, dossier: UUID, kind: str) -> bytes:
    """A letter, as it is kept."""
    told = await office.story(dossier)
    async with office.world.transaction() as connection:
        (found,) = [one for one in await letters.of_dossier(connection, dossier) if one.kind == kind]
    return await letters.pdf(office.world.objects, told.key, found)


async def available(office: Office, dossier: UUID) -> bool:
    """Whether the decision is at the person's disposal."""
    return any(entry.event.kind == "notice_available" for entry in (await office.story(dossier)).entries)


async def test_whatever_people_write_the_decision_has_its_letter_and_is_notified(office: Office) -> None:
    """A bullet of Word, a control kept by an older release, a Chinese name, a picture in the street."""
    async with office.working():
        dossier = await refused(office)
        await office.until(lambda: available(office, dossier))
        effects = await office.settled(dossier)
    assert set(effects.values()) == {"done"}
    text = extracted(await pdf(office, dossier, "letter:decision"))
    assert all(packed(each) in text for each in (NAME, "12 rue de la 🏠", "• un motif", "• un autre \ufffd[U+0007]"))


async def test_nothing_is_notified_without_its_letter_and_doing_it_again_makes_both(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Neither at once, nor deemed given weeks later; « refaire » makes the letter, and the notice follows."""
    monkeypatch.setattr(policies, "LETTER", replace(policies.LETTER, attempts=2, first=timedelta(milliseconds=50)))
    await office.agent("cada", SLUG)
    async with office.working():
        with monkeypatch.context() as broken:
            broken.setattr("workers.activities.letters.made", _unrenderable)
            dossier = await refused(office)
            await office.until(lambda: _incidents(office, dossier, 3))
            await office.settled(dossier)
        await office.fix(await _now(office) + timedelta(days=20))
        await office.settled(dossier)
        kinds = [entry.event.kind for entry in (await office.story(dossier)).entries]
        assert not {"notice_available", "notice_deemed", "notified"} & set(kinds)
        seq = next(entry.seq for entry in (await office.story(dossier)).entries if entry.event.kind == "decided")
        await _redo(office, dossier, seq)
        await office.until(lambda: available(office, dossier))
        effects = await office.settled(dossier)
    assert effects[(seq, "letter:decision")] == effects[(seq, "notice:decision")] == "done"
    assert packed("• un motif") in extracted(await pdf(office, dossier, "letter:decision"))
    still_open = await office.rows("SELECT seq FROM incident WHERE dossier = :d AND closed_at IS NULL", d=dossier)
    assert [row.seq for row in still_open] == [1]


async def test_what_is_done_again_and_fails_again_is_an_incident_again(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("workers.activities.letters.made", _unrenderable)
    async with office.working():
        dossier = await office.file(SLUG)
        await office.until(lambda: _incidents(office, dossier, 1))
        await _redo(office, dossier, 1)
        assert not await _incidents(office, dossier, 1)
        await office.until(lambda: _incidents(office, dossier, 1))
        assert (await office.settled(dossier))[(1, "letter:acknowledgement")] == "failed"


async def _incidents(office: Office, dossier: UUID, many: int) -> bool:
    rows = await office.rows("SELECT id FROM incident WHERE dossier = :d AND closed_at IS NULL", d=dossier)
    return len(rows) == many


async def _redo(office: Office, dossier: UUID, seq: int) -> None:
    """As an agent's page does, whichever incident of the entry is chosen."""
    rows = await office.rows("SELECT id FROM incident WHERE dossier = :d AND seq = :s", d=dossier, s=seq)
    async with office.owner.transaction(WORKING) as connection:
        assert await incidents.redo(connection, rows[-1].id, by=uuid4(), at=await legal_now(connection))


async def _now(office: Office) -> Any:
    async with office.world.transaction() as connection:
        return await legal_now(connection)


def _unrenderable(*_: object) -> None:
    raise Unrenderable("ordered by the test")
