"""A session that ended before a page was sent loses nothing: the same person, signed in again, sends it."""

from __future__ import annotations

from html import unescape
from typing import Any

import httpx2
import pytest
from sqlalchemy import text

from tests.api.counter import OWNER
from tests.api.journeys import PDF
from tests.web.agents.desk import agent_of
from tests.web.residents.filling_in import Applicant
from tests.web.visitors import Site, Visitor, hidden

TYPED = {"demandeur.nom_naissance": "Kervella-Typé"}


async def test_what_was_typed_comes_back_to_the_same_person_and_is_saved(site: Site) -> None:
    anne = await _begun(site)

    over = await _sent_too_late(anne, site)
    resumed = await _signed_in_again(site, anne.visitor, over, anne.visitor.email)
    done = await anne.visitor.post(f"{anne.at}/pages/demandeur", _all_hidden(resumed))

    assert over.status_code == 401
    assert "Kervella-Typé" not in over.text
    assert "Kervella" not in over.text
    assert resumed.status_code == 200
    assert done.headers["location"] == f"{anne.at}/pages/foyer"
    assert "Kervella-Typé" in (await anne.visitor.get(f"{anne.at}/pages/demandeur")).text


async def test_it_is_shown_to_nobody_else(site: Site) -> None:
    anne = await _begun(site)

    over = await _sent_too_late(anne, site)
    other = await _signed_in_again(site, anne.visitor, over, "zoe.autre@example.org")

    assert other.status_code == 303
    assert other.headers["location"] == "/fr/espace"


async def test_it_survives_a_wrong_code_and_another_code(site: Site) -> None:
    anne = await _begun(site)
    over = await _sent_too_late(anne, site)
    asked = await anne.visitor.post("/fr/connexion", hidden(over.text) | {"email": anne.visitor.email})

    wrong = await anne.visitor.post("/fr/connexion/code", hidden(asked.text) | {"code": "00000000"})
    again = await anne.visitor.post("/fr/connexion", hidden(wrong.text))
    code = site.counter.code_sent_to(anne.visitor.email)
    resumed = await anne.visitor.post("/fr/connexion/code", hidden(again.text) | {"code": code})

    assert wrong.status_code == 422
    assert resumed.status_code == 200
    assert "Kervella-Typé" in resumed.text


async def test_what_is_not_ours_or_was_altered_is_forgotten(site: Site) -> None:
    anne = await _begun(site)
    over = await _sent_too_late(anne, site)
    kept = hidden(over.text)["garde"]
    for forged in (kept[:-6] + "AAAAA=", "n'importe quoi", "AAAA"):
        asked = await anne.visitor.post("/fr/connexion", {"suite": "", "garde": forged, "email": anne.visitor.email})
        code = site.counter.code_sent_to(anne.visitor.email)
        opened = await anne.visitor.post("/fr/connexion/code", hidden(asked.text) | {"code": code})
        assert opened.status_code == 303, forged


async def test_it_comes_back_whatever_way_one_signed_in(site: Site) -> None:
    """In another tab; the page that kept it gives it back, and its own form saves it."""
    anne = await _begun(site)
    over = await _sent_too_late(anne, site)
    keeps = {"garde": hidden(over.text)["garde"], "espace": "resident"}

    too_soon = await anne.visitor.post("/fr/reprise", keeps)
    await _in_another_tab(site, anne.visitor, anne.visitor.email)
    resumed = await anne.visitor.post("/fr/reprise", hidden(too_soon.text))
    done = await anne.visitor.post(f"{anne.at}/pages/demandeur", _all_hidden(resumed))

    assert (too_soon.status_code, hidden(too_soon.text)["garde"]) == (401, keeps["garde"])
    assert "pas encore reconnecté" in unescape(too_soon.text)
    assert resumed.status_code == 200
    assert done.headers["location"] == f"{anne.at}/pages/foyer"
    assert "Kervella-Typé" in (await anne.visitor.get(f"{anne.at}/pages/demandeur")).text


async def test_another_person_of_the_same_browser_is_given_nothing(site: Site) -> None:
    anne = await _begun(site)
    over = await _sent_too_late(anne, site)

    await _in_another_tab(site, anne.visitor, "zoe.autre@example.org")
    other = await anne.visitor.post("/fr/reprise", {"garde": hidden(over.text)["garde"], "espace": "resident"})

    assert (other.status_code, other.headers["location"]) == (303, "/fr/espace")


async def test_what_another_site_sends_is_not_taken_up(site: Site) -> None:
    anne = await _begun(site)
    foreign = await anne.visitor.post("/fr/reprise", {"garde": "x"}, headers={"Sec-Fetch-Site": "cross-site"})
    assert foreign.status_code == 403


async def test_an_agent_takes_up_what_they_typed_too(site: Site) -> None:
    """Two factors are asked, in another tab: here, the session that had gone comes back."""
    agent, at = await agent_of(site, "vie-associative", "subvention-associations"), "/fr/agents/campagnes"
    sent = hidden((await agent.get(at)).text) | {"title": "Printemps des associations"}
    session = agent.client.cookies["guichet_session"]
    agent.client.cookies.delete("guichet_session")

    over = await agent.post(at, sent)
    agent.client.cookies.set("guichet_session", session)
    resumed = await agent.post("/fr/reprise", hidden(over.text))

    assert (over.status_code, hidden(over.text)["espace"]) == (401, "agent")
    assert "Printemps" not in over.text
    assert resumed.status_code == 200
    assert "Printemps des associations" in resumed.text


async def test_a_file_sent_just_after_the_end_is_received_and_nothing_is_shown(site: Site) -> None:
    """By time alone: whoever sent it finds it at its place, once signed in again."""
    anne = await _begun(site)
    at = f"{anne.at}/pieces/identite"

    over = await _file_too_late(anne, site, "61 minutes")
    after = await anne.visitor.get(at)
    await _in_another_tab(site, anne.visitor, anne.visitor.email)

    assert over.status_code == 401
    assert "est bien arrivé, et il est gardé" in unescape(over.text)
    assert "carte.pdf" not in over.text
    assert f"/fr/connexion?suite={at}" in unescape(over.text)
    assert after.status_code == 303, "the session is over for everything else"
    assert "carte.pdf" in (await anne.visitor.get(at)).text


async def test_a_file_that_cannot_be_kept_says_why_after_the_end_too(site: Site) -> None:
    anne = await _begun(site)

    over = await _file_too_late(anne, site, "61 minutes", b"MZ not a card")

    assert over.status_code == 401
    assert "n'a pas été gardé" in unescape(over.text)
    assert "choisissez-en un autre" in unescape(over.text)


@pytest.mark.parametrize("ended", ["121 minutes", "forgotten", "disabled"])
async def test_a_file_sent_later_or_after_signing_out_is_said_to_be_lost(site: Site, ended: str) -> None:
    """An hour after the end, once signed out, or by an account that was closed: nothing is received."""
    anne = await _begun(site)

    over = await _file_too_late(anne, site, ended)

    assert over.status_code == 401
    assert "choisissez-le de nouveau" in unescape(over.text)
    assert await _documents(anne, site) == 0


async def test_a_file_without_the_proof_of_its_page_is_not_received(site: Site) -> None:
    anne = await _begun(site)
    at = f"{anne.at}/pieces/identite"
    await _age(anne, site, "61 minutes")

    over = await anne.visitor.client.post(f"{at}/documents", files={"file": ("carte.pdf", PDF)})

    assert over.status_code == 401
    assert "n'a pas été gardé" in unescape(over.text)
    assert await _documents(anne, site) == 0


async def _file_too_late(anne: Applicant, site: Site, ended: str, content: bytes = PDF) -> httpx2.Response:
    at = f"{anne.at}/pieces/identite"
    csrf = hidden((await anne.visitor.get(at)).text)["_csrf"]
    await _age(anne, site, ended)
    files = {"file": ("carte.pdf", content, "application/pdf")}
    return await anne.visitor.client.post(f"{at}/documents", data={"_csrf": csrf}, files=files)


async def _age(anne: Applicant, site: Site, ended: str) -> None:
    """The sessions of that person as they are so long after they were seen last, or once they are no more."""
    async with site.counter.owner.transaction(OWNER) as connection:
        mine = "(SELECT account FROM session WHERE token_hash = sha256(:token))"
        token = {"token": anne.visitor.client.cookies["guichet_session"].encode()}
        if ended == "forgotten":
            await connection.execute(text(f"DELETE FROM session WHERE account = {mine}"), token)  # noqa: S608
            return
        if ended == "disabled":
            await connection.execute(text(f"UPDATE account SET disabled_at = now() WHERE id = {mine}"), token)  # noqa: S608
            ended = "61 minutes"
        aged = f"UPDATE session SET seen_at = now() - interval '{ended}' WHERE account = {mine}"  # noqa: S608
        await connection.execute(text(aged), token)


async def _documents(anne: Applicant, site: Site) -> int:
    async with site.counter.owner.transaction(OWNER) as connection:
        kept = text("SELECT count(*) FROM document WHERE dossier = :draft AND status <> 'refused'")
        return int((await connection.execute(kept, {"draft": anne.draft})).scalar_one())


async def _in_another_tab(site: Site, visitor: Visitor, email: str) -> None:
    asked = await visitor.post("/fr/connexion", {"suite": "", "email": email})
    code = site.counter.code_sent_to(email)
    assert (await visitor.post("/fr/connexion/code", hidden(asked.text) | {"code": code})).status_code == 303


async def _begun(site: Site) -> Applicant:
    anne = Applicant(await site.resident(), "apa-domicile")
    await anne.begins()
    return anne


async def _sent_too_late(anne: Applicant, site: Site) -> httpx2.Response:
    """The page is open, the session ends elsewhere, the page is sent."""
    at = f"{anne.at}/pages/demandeur"
    page = await anne.visitor.get(at)
    elsewhere = await site.resident(anne.visitor.email)
    await elsewhere.submit("/fr/compte", "/fr/compte/sessions")
    return await anne.sends(at, anne.filled(page.text, "demandeur", TYPED))


async def _signed_in_again(site: Site, visitor: Visitor, over: httpx2.Response, email: str) -> httpx2.Response:
    asked = await visitor.post("/fr/connexion", hidden(over.text) | {"email": email})
    return await visitor.post("/fr/connexion/code", hidden(asked.text) | {"code": site.counter.code_sent_to(email)})


def _all_hidden(page: httpx2.Response) -> dict[str, Any]:
    return hidden(page.text)
