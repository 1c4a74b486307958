"""A decision brought to the person: at their disposal when they consented, by post when they did not."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from domain.actors import Actor
from domain.steps.notice import Notify, ReadNotice
from tests.workers.office import Office
from tests.workers.stories import decide

RESIDENT = Actor(kind="resident", name="Anna")
AVAILABLE = "Une lettre recommandée électronique vous attend"


async def kinds(office: Office, dossier: UUID) -> list[str]:
    """The kinds of the entries of the journal."""
    return [entry.event.kind for entry in (await office.story(dossier)).entries]


async def test_who_consented_finds_the_decision_at_their_disposal_and_reading_notifies_it(office: Office) -> None:
    async with office.working():
        dossier = await office.file("acces-documents", electronic=True)
        await decide(office, dossier, "acces-documents")
        await office.until(lambda: _has(office, dossier, "notice_available"))
        decision = (await office.story(dossier)).now().decision
        assert decision is not None
        await office.until(lambda: _mailed(office, AVAILABLE))
        await office.act(dossier, ReadNotice(target=decision.seq), RESIDENT)
        await office.settled(dossier)
    assert (await kinds(office, dossier))[-2:] == ["notice_read", "notified"]
    assert (await office.story(dossier)).now().status == "refused"
    assert await _mailed(office, AVAILABLE) == 1


async def test_unread_for_fifteen_days_it_is_reminded_of_then_deemed_given_the_day_it_was_available(
    office: Office,
) -> None:
    async with office.working():
        dossier = await office.file("acces-documents", electronic=True)
        await decide(office, dossier, "acces-documents")
        await office.until(lambda: _has(office, dossier, "notice_available"))
        (notice,) = (await office.story(dossier)).now().notices
        await office.fix(notice.available + timedelta(days=8))
        await office.until(lambda: _mailed(office, "Rappel : une lettre vous attend"))
        await office.fix(notice.available + timedelta(days=17))
        await office.until(lambda: _has(office, dossier, "notice_deemed"))
        await office.settled(dossier)
    told = (await office.story(dossier)).now()
    assert told.decision is not None
    assert told.decision.notified == notice.available


async def test_who_did_not_consent_is_posted_a_letter_by_the_agents(office: Office) -> None:
    agent = await office.agent("cada", "acces-documents")
    async with office.working():
        dossier = await office.file("acces-documents", electronic=False)
        await decide(office, dossier, "acces-documents")
        await office.until(lambda: _posted(office, agent))
        await office.act(dossier, Notify())
        effects = await office.settled(dossier)
    assert "notice_available" not in await kinds(office, dossier)
    assert set(effects.values()) == {"done"}
    assert await _mailed(office, AVAILABLE) == 0


async def _posted(office: Office, agent: str) -> int:
    mails = [mail for mail in office.mails() if mail["To"] == agent]
    return sum("recommandé" in mail.get_content() for mail in mails)  # type: ignore[attr-defined]


async def _mailed(office: Office, subject: str) -> int:
    return [mail["Subject"] for mail in office.mails()].count(subject)


async def _has(office: Office, dossier: UUID, kind: str) -> bool:
    return kind in await kinds(office, dossier)
