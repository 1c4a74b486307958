"""Pages that send a person back with errors: said on top and beside the field, titled so, and axe finds nothing."""

from __future__ import annotations

import pytest
from playwright.async_api import Browser, Page

from tests.api.journeys import filed
from tests.web import axe, world
from tests.web.site import Site
from tests.web.test_in_chromium import GRID, context_of
from tests.web.world import SLUG, World

# Who sends what, left empty: the page, and the button.
EMPTY = [
    ("resident", "/connexion", "Recevoir un code"),
    ("agent", "/agents/connexion", "Se connecter"),
    ("mediator", "/mediateurs/connexion", "Se connecter"),
    ("resident", "/brouillons/{new}/pages/demandeur", "Enregistrer et continuer"),
    ("resident", "/brouillons/{new}/pieces/identite", "Envoyer"),
    ("resident", "/dossiers/{dossier}/messages", "Envoyer"),
    ("mediator", "/mediateurs/mandats/nouveau", "Enregistrer le mandat"),
    ("agent", "/agents/dossiers/{acted}/actes/request_pieces", "Demander des pièces"),
    ("agent", "/agents/dossiers/{acted}/actes/decide?issue=refus", "Signer une décision"),
    ("agent", "/agents/dossiers/{acted}/actes/suspend", "Suspendre la procédure"),
]
FRENCH = [(code, width) for code, width in GRID if code == "fr"]


async def places(site: Site, known: World) -> dict[str, str]:
    """A draft that nobody filled in, and a request to act on."""
    resident = known.sessions["resident"]
    begun = await resident.post("drafts", json={"procedure": SLUG})
    assert begun.status_code == 201, begun.text
    mine = (await filed(resident, SLUG))["id"]
    return {"new": begun.json()["id"], "dossier": mine, "acted": mine}


@pytest.mark.timeout(600)
@pytest.mark.parametrize(("code", "width"), FRENCH)
async def test_what_is_sent_empty_comes_back_with_its_errors(
    site: Site, served: str, browser: Browser, code: str, width: int
) -> None:
    """Title, summary with links that find their field, field described by its error, 422, and no violation."""
    known = await world.made(site)
    here = await places(site, known)
    found: list[str] = []
    for who, template, button in EMPTY:
        context = await context_of(browser, served, known, who, width)
        page = await context.new_page()
        path = f"/{code}{template.format(**here)}"
        await page.goto(f"{served}{path}")
        async with page.expect_navigation() as navigation:
            await page.locator("main").get_by_role("button", name=button, exact=False).first.click()
        answer = await (await navigation.value).request.response()
        found += [f"{path} {what}" for what in await _faults(page)]
        found += [] if answer is not None and answer.status in {409, 422} else [f"{path} answers {answer}"]
        await context.close()

    assert found == []


async def _faults(page: Page) -> list[str]:
    links = await page.locator(".error-summary a").evaluate_all("all => all.map(one => one.getAttribute('href'))")
    lost = [link for link in links if link and not await page.locator(f'[id="{link[1:]}"]').count()]
    return [
        *([] if (await page.title()).startswith("Erreur") else [f"has for title {await page.title()}"]),
        *([] if await page.locator(".error-summary").count() else ["has no summary of its errors"]),
        *(f"links to {link}, which is not there" for link in lost),
        *(f"axe {one.rule} at {one.where}: {one.why}" for one in await axe.violations(page)),
    ]
