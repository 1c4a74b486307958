"""A person without an e-mail address: what no e-mail can tell them, the agents are told to post."""

from __future__ import annotations

from datetime import timedelta

import pytest

from domain.calendar import midnight
from domain.messages import SendMessage
from domain.revocation_acts import IntendRevocation
from domain.steps.pieces import Acknowledge
from storage.accounts.people import NOWHERE
from tests.workers.office import Office
from tests.workers.stories import to_its_silence

AGREMENT = "agrement-assistant-maternel"
LETTER = "une lettre faite pour elle est à envoyer par la poste"
OTHERWISE = "dites-lui autrement (téléphone, courrier) ce que le courriel aurait dit"
REMINDER = "Il reste quelques jours pour envoyer les pièces demandées."
MESSAGE = "le message qui lui est écrit est à lui porter autrement"


@pytest.mark.parametrize("email", [f"yves@{NOWHERE}", "yves@example.org"])
async def test_the_agents_are_told_to_post_the_letter_and_to_carry_the_message(office: Office, email: str) -> None:
    """Only of who has no address: the others have their e-mail, and the agents nothing to do."""
    agent = await office.agent("pmi", AGREMENT)
    async with office.working():
        dossier = await office.file(AGREMENT, electronic=False, email=email)
        await office.act(dossier, SendMessage(sender="agent", text="Bonjour"))
        effects = await office.settled(dossier)
    letters = await office.rows("SELECT kind FROM letter WHERE dossier = :d", d=dossier)
    told = [mail.get_content() for mail in office.mails() if mail["To"] == agent]  # type: ignore[attr-defined]
    expected = int(NOWHERE in email)
    assert set(effects.values()) == {"done"}
    assert [row.kind for row in letters] == ["letter:acknowledgement"], "there is a letter to post"
    assert sum(LETTER in text for text in told) == expected
    assert sum(MESSAGE in text for text in told) == expected
    assert (email in {mail["To"] for mail in office.mails()}) is not bool(expected)
    assert not [mail for mail in office.mails() if NOWHERE in str(mail)]


async def test_each_letter_of_a_long_story_is_to_be_posted_the_last_too(office: Office) -> None:
    """Who is asked for observations before an acceptance is withdrawn has no other way to know (L121-1)."""
    slug = "agrement-accueillant-familial"
    agent = await office.agent("pmi", slug)
    async with office.working():
        dossier = await office.file(slug, electronic=False, email=f"yves@{NOWHERE}")
        await office.act(dossier, Acknowledge())
        await to_its_silence(office, dossier)
        await office.settled(dossier)
        await office.act(dossier, IntendRevocation(ground="illegal", reasons="Le logement est dangereux."))
        effects = await office.settled(dossier)
    emails = [kind for _, kind in effects if kind.startswith("email:")]
    told = [mail.get_content() for mail in office.mails() if mail["To"] == agent]  # type: ignore[attr-defined]
    assert emails == ["email:filed", "email:complete", "email:silence", "email:revocation_intended"]
    assert sum(LETTER in text for text in told) == len(emails)


@pytest.mark.parametrize("email", [f"yves@{NOWHERE}", "yves@example.org"])
async def test_what_has_no_letter_is_to_be_said_otherwise(office: Office, email: str) -> None:
    """A reminder of pieces, seven days before their last day: without it, who has no address would hear nothing."""
    agent = await office.agent("pmi", AGREMENT)
    async with office.working():
        dossier = await office.file(AGREMENT, electronic=False, email=email, complete=False)
        (request,) = (await office.story(dossier)).now().awaiting()
        await office.fix(midnight(request.until - timedelta(days=6)))
        await office.until(lambda: _reminded(office, agent if NOWHERE in email else email))
    told = [mail.get_content() for mail in office.mails() if mail["To"] == agent]  # type: ignore[attr-defined]
    assert sum(OTHERWISE in text for text in told) == int(NOWHERE in email)


async def _reminded(office: Office, whom: str) -> bool:
    contents = [mail.get_content() for mail in office.mails() if mail["To"] == whom]  # type: ignore[attr-defined]
    return any(REMINDER in text for text in contents)
