"""By keyboard alone, without scripts: an agent signs in, asks for a piece, instructs, decides; a resident answers."""

from __future__ import annotations

import re
from typing import Any

import pytest
from playwright.async_api import Browser

from api.sign_in.credentials import COOKIE
from storage.accounts.administration import Office
from storage.engine.settings import Settings
from tests.api.counter import OWNER, PASSWORD, Staff, ensure_group
from tests.api.journeys import act, drafted, example, given, submitted
from tests.web.conftest import opened_site, serving
from tests.web.keyboard import Keyboard, at_keyboard
from tests.web.visitors import Site

SLUG = "apa-domicile"
PLAN = {"plan": "780.00", "aides": [{"nature": "aide_a_domicile", "heures": 30, "montant": "780.00"}]}


async def hired(site: Site) -> Staff:
    """An agent who has never signed in, of the group that serves the procedure."""
    staff = await site.counter.staff("agent")
    async with site.counter.owner.transaction(OWNER) as connection:
        office = Office(connection, site.counter.settings.master, None)
        await ensure_group(office, "autonomie", (SLUG,))
        await office.put_member("autonomie", staff.id, "signatory")
    return staff


async def sign_in(agent: Keyboard, staff: Staff) -> None:
    """Both factors."""
    await agent.go("/fr/agents/")
    await agent.write("email", staff.email)
    await agent.write("password", PASSWORD)
    await agent.write("code", staff.factors()["code"])
    await agent.press("Se connecter")


async def does(agent: Keyboard, dossier: str, name: str, content: dict[str, Any] | None = None) -> None:
    """Open an act from the request's page, fill in its form, and do it."""
    await agent.go(f"/fr/agents/dossiers/{dossier}")
    await agent.follow(name)
    while "/actes/" in agent.page.url:
        await agent.answer(content or {}, "")
        await agent.press(name)
        assert not (await agent.page.title()).startswith("Erreur"), await agent.page.inner_text("main")


async def asks_for_the_account(agent: Keyboard, dossier: str) -> None:
    """Ask for the bank details, with why."""
    await agent.go(f"/fr/agents/dossiers/{dossier}")
    await agent.follow("Demander des pièces")
    await agent.tick("acte_pieces", "rib")
    await agent.write("acte_pieces.rib", "Pour vous verser l'aide.")
    await agent.press("Demander des pièces")


async def grants(agent: Keyboard, dossier: str) -> None:
    """Sign the decision that grants the request."""
    await agent.go(f"/fr/agents/dossiers/{dossier}")
    await agent.follow("Signer une décision")
    await agent.page.locator('a[href*="issue=accord"]').first.focus()
    await agent.page.keyboard.press("Enter")
    await agent.page.wait_for_url(re.compile("issue=accord"))
    await agent.answer(example(SLUG)["accord"], "")
    await agent.press("Signer une décision")


@pytest.mark.timeout(600)
async def test_an_agent_carries_an_apa_to_its_decision(own_settings: Settings, browser: Browser) -> None:
    """Each act is reached from the page; both understand where the request stands, at 1280 and at 320 px."""
    async with opened_site(own_settings) as site, serving(site) as address:
        anne = await site.counter.resident()
        draft = await drafted(anne, SLUG)
        for piece in ("identite", "avis_imposition"):
            await given(anne, f"drafts/{draft}", piece)
        dossier = (await submitted(anne, draft, incomplete=True))["id"]
        resident = await at_keyboard(browser, address)
        await resident.page.context.add_cookies([{"name": COOKIE, "value": anne.token, "url": address}])
        agent = await at_keyboard(browser, address, width=1280)
        await sign_in(agent, await hired(site))
        await agent.follow("Autonomie") if await agent.page.get_by_role("link", name="Autonomie").count() else None

        await asks_for_the_account(agent, dossier)
        await resident.go(f"/fr/dossiers/{dossier}")
        asked = await resident.page.inner_text("main")
        document = await given(anne, f"dossiers/{dossier}", "rib")
        await act(anne, dossier, "provide_piece", {"piece": "rib", "documents": [document]})
        await does(agent, dossier, "Accuser réception du dossier complet")
        await does(agent, dossier, "Enregistrer l'évaluation", example(SLUG)["evaluation"])
        await does(agent, dossier, "Envoyer une proposition", PLAN)
        # It went by post, and its receipt came back: the ten days run, and the page shows what is proposed.
        await does(agent, dossier, "Enregistrer la réception de la proposition")
        await resident.go(f"/fr/dossiers/{dossier}/proposition")
        offered = await resident.page.inner_text("main")
        await resident.choose("reponse", "accepted")
        await resident.press("Envoyer ma réponse")
        await grants(agent, dossier)
        decided = await agent.page.inner_text("main")
        await resident.go(f"/fr/dossiers/{dossier}")
        known = await resident.page.inner_text("main")

        assert "Ce que vous avez à faire" in asked
        assert "780,00" in offered
        assert "Ce qui vient de se passer" in decided
        assert "Dernier jour utile" in decided
        assert "pourquoi" in known
        assert await resident.page.evaluate("() => document.documentElement.scrollWidth") <= 320
