"""A mail server that refuses one address, or all: each recipient by itself, and no letter behind an e-mail."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from uuid import UUID

import pytest

from api.agents.incidents import IncidentOut
from domain.messages import SendMessage
from storage.register.incidents import still_open
from tests.workers.choosy_post import FOR_NOW, ChoosyPost, everybody, nobody
from tests.workers.office import Office, elsewhere
from tests.workers.stories import decide, to_its_silence
from tests.workers.test_notices import RESIDENT

AGREMENT = "agrement-assistant-maternel"
ANNA = "anna@example.org"
DECISION = "letter:decision"
NOTICE = "Une lettre recommandée électronique vous attend"


@asynccontextmanager
async def posting(office: Office, post: ChoosyPost) -> AsyncIterator[Office]:
    """The office, its e-mails by that server, at work."""
    async with post.listening() as smtp:
        telling = await elsewhere(office, smtp_url=smtp)
        async with telling.working():
            yield telling


async def kinds(office: Office, dossier: UUID) -> list[str]:
    """The kinds of the entries of the journal."""
    return [entry.event.kind for entry in (await office.story(dossier)).entries]


async def incidents(office: Office) -> dict[str, str]:
    """What each open incident is about, by its kind, as agents read it."""
    async with office.world.transaction() as connection:
        found = await still_open(connection, 50)
    told = [await IncidentOut.of(one, office.world.database.keys) for one in found]
    return {one.kind: f"{one.code} {one.about}".strip() for one in told}


async def to_the_last_evening(office: Office, dossier: UUID) -> None:
    """Eight in the evening of the last day before silence grants."""
    await to_its_silence(office, dossier, by=-timedelta(hours=4))


async def test_an_address_refused_for_good_stops_nobody_else_s_and_is_named_once(office: Office) -> None:
    dead = await office.agent("pmi", AGREMENT)
    other = await office.agent("pmi2", AGREMENT)
    post = ChoosyPost(refuses=dead.__eq__)
    async with posting(office, post) as telling:
        dossier = await telling.file(AGREMENT)
        for text in ("Un", "Deux"):
            await telling.act(dossier, SendMessage(sender="resident", text=text), RESIDENT)
            await telling.settled(dossier)
    assert [subject.startswith("Dossier") for subject in post.subjects(other)][:2] == [True, True]
    assert post.asked[dead] >= 2, "a mailbox may be mended: the next e-mail tries it again"
    told = await incidents(telling)
    assert list(told.values()) == [f"address_refused {dead}"], "one open incident says so, not one for each e-mail"


async def test_an_address_refused_for_now_is_tried_again_alone(office: Office) -> None:
    slow = await office.agent("pmi", AGREMENT)
    other = await office.agent("pmi2", AGREMENT)
    post = ChoosyPost(code=FOR_NOW)
    post.refuses = lambda address: address == slow and post.asked[slow] <= 2
    async with posting(office, post) as telling:
        dossier = await telling.file(AGREMENT)
        await telling.act(dossier, SendMessage(sender="resident", text="Où en est-on ?"), RESIDENT)
        await telling.settled(dossier)
    assert len(post.subjects(slow)) == len(post.subjects(other)) > 0
    assert post.asked[other] == len(set(post.ids(other))), "who had it does not have it again"
    assert await incidents(telling) == {}


@pytest.mark.parametrize("code", [550, FOR_NOW])
async def test_on_the_last_evening_an_agent_s_address_holds_no_refusal_back(office: Office, code: int) -> None:
    dead = await office.agent("pmi", AGREMENT)
    post = ChoosyPost(refuses=dead.__eq__, code=code)
    async with posting(office, post) as telling:
        dossier = await telling.file(AGREMENT)
        await telling.settled(dossier)
        await to_the_last_evening(telling, dossier)
        await telling.until(lambda: _asked(post, dead))
        await decide(telling, dossier, AGREMENT)
        await telling.until(lambda: _has(telling, dossier, "notice_available"))
        await to_its_silence(telling, dossier, by=timedelta(hours=1))
        told = (await telling.story(dossier)).now()
    assert post.subjects(ANNA)[-1] == NOTICE
    assert told.silence is None, "the refusal was at her disposal in time"


async def test_on_the_last_evening_who_could_not_be_told_is_deemed_nothing_and_silence_grants(office: Office) -> None:
    await office.agent("pmi", AGREMENT)
    post = ChoosyPost(refuses=nobody)
    async with posting(office, post) as telling:
        dossier = await telling.file(AGREMENT)
        await telling.settled(dossier)
        await to_the_last_evening(telling, dossier)
        post.refuses = everybody
        await decide(telling, dossier, AGREMENT)
        await telling.until(lambda: _has(telling, dossier, "notice_given_up"))
        letters = await telling.rows("SELECT seq FROM letter WHERE dossier = :d AND kind = :k", d=dossier, k=DECISION)
        await to_its_silence(telling, dossier, by=timedelta(days=20))
        await telling.until(lambda: _has(telling, dossier, "silence_took_effect"))
        await telling.settled(dossier)
    assert len(letters) == 1, "the letter is made, to be posted"
    assert not {"notice_available", "notice_deemed", "notified"} & set(await kinds(telling, dossier))
    assert (await telling.story(dossier)).now().status == "implied_acceptance"
    told = await incidents(telling)
    assert told["notice:decision"] == f"address_refused {ANNA}"
    assert "address_refused pmi@example.org" in told.values()


async def test_a_letter_and_a_webhook_go_by_an_e_mail_that_waits(office: Office) -> None:
    post = ChoosyPost(refuses=everybody, code=FOR_NOW)
    async with posting(office, post) as telling:
        dossier = await telling.file(AGREMENT)
        await telling.until(lambda: _asked(post, ANNA))
        await telling.act(dossier, SendMessage(sender="agent", text="Bonjour"))
        await telling.until(lambda: _nothing_pending_but_emails(telling, dossier))
        post.refuses = nobody
        effects = await telling.settled(dossier)
    assert set(effects.values()) == {"done"}
    assert len(post.subjects(ANNA)) == 2


async def _asked(post: ChoosyPost, address: str) -> bool:
    return post.asked[address] > 0


async def _has(office: Office, dossier: UUID, kind: str) -> bool:
    return kind in await kinds(office, dossier)


async def _nothing_pending_but_emails(office: Office, dossier: UUID) -> bool:
    pending = {kind for (_, kind), status in (await office.effects(dossier)).items() if status == "pending"}
    return pending == {"email:filed", "email:message"}
