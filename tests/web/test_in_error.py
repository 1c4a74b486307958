"""Pages that send a person back with errors: said on top and beside the field, titled so, and axe finds nothing."""

from __future__ import annotations

import pytest
from playwright.async_api import Browser, Page

from tests.api.journeys import filed
from tests.web import axe, world
from tests.web.test_in_chromium import GRID, context_of, faults
from tests.web.visitors import Site
from tests.web.world import SLUG, World
from web.site.languages import Words, words

# Who sends what, left empty.
EMPTY = [
    ("resident", "/connexion"),
    ("resident", "/demarches/apa-domicile/pour-moi"),
    ("agent", "/agents/connexion"),
    ("mediator", "/mediateurs/connexion"),
    ("resident", "/brouillons/{new}/pages/demandeur"),
    ("resident", "/brouillons/{new}/pieces/identite"),
    ("resident", "/dossiers/{dossier}/messages"),
    ("mediator", "/mediateurs/mandats/nouveau"),
    ("agent", "/agents/dossiers/{dossier}/actes/request_pieces"),
    ("agent", "/agents/dossiers/{dossier}/actes/decide?issue=refus"),
    ("agent", "/agents/dossiers/{dossier}/actes/suspend"),
]
SENDS = 'main form[method="post"] button.button'


async def places(site: Site, known: World) -> dict[str, str]:
    """A draft that nobody filled in, and a request to act on."""
    resident = known.sessions["resident"]
    begun = await resident.post("drafts", json={"procedure": SLUG})
    assert begun.status_code == 201, begun.text
    return {"new": begun.json()["id"], "dossier": (await filed(resident, SLUG))["id"]}


@pytest.mark.timeout(600)
@pytest.mark.parametrize(("code", "width"), GRID)
async def test_what_is_sent_empty_comes_back_with_its_errors(
    site: Site, served: str, browser: Browser, known: World, code: str, width: int
) -> None:
    """Title, summary with links that find their field, field described by its error, 422, and no violation."""
    here = await places(site, known)
    found: list[str] = []
    for who, template in EMPTY:
        context = await context_of(browser, served, known, who, width)
        page = await context.new_page()
        path = f"/{code}{template.format(**here)}"
        await page.goto(f"{served}{path}")
        async with page.expect_navigation() as navigation:
            await page.locator(SENDS).first.click()
        answer = await (await navigation.value).request.response()
        found += [f"{path} {what}" for what in await _faults(page, words(code))]
        found += [] if answer is not None and answer.status in {409, 422} else [f"{path} answers {answer}"]
        await context.close()

    assert found == []


@pytest.mark.timeout(600)
@pytest.mark.parametrize(("code", "width"), GRID)
async def test_where_there_is_nothing_yet_the_page_says_so_and_passes_axe(
    site: Site, served: str, browser: Browser, code: str, width: int
) -> None:
    """Somebody new in each space: no request, no mandate, no queue."""
    mediator, _ = await site.counter.mediator()
    new = {"resident": await site.counter.resident(), "agent": await site.counter.agent(), "mediator": mediator}
    known = World(sessions=new, stands_for={"": {}})
    found: list[str] = []
    for template in world.templates(site.counter.app):
        who = known.holder(template)
        path = known.path(template)
        if path is None or who not in new or template in world.DOWNLOADS:
            continue
        context = await context_of(browser, served, known, who, width)
        page = await context.new_page()
        answer = await page.goto(f"{served}/{code}{path}")
        if answer is not None and answer.headers.get("content-type", "").startswith("text/html"):
            found += [f"/{code}{path} axe {one.rule} at {one.where}: {one.why}" for one in await axe.violations(page)]
        await context.close()

    assert found == []


@pytest.mark.timeout(300)
@pytest.mark.parametrize(("code", "width"), GRID)
async def test_a_session_that_ended_says_so_on_a_page_that_passes_axe(
    site: Site, served: str, browser: Browser, known: World, code: str, width: int
) -> None:
    """What was typed is in it, and both ways back; taken up before signing in, it says what to do first."""
    here = await places(site, known)
    context = await context_of(browser, served, known, "resident", width)
    page = await context.new_page()
    await page.goto(f"{served}/{code}/brouillons/{here['new']}/pages/demandeur")
    await context.clear_cookies()
    await page.locator(SENDS).first.click()
    await page.locator('input[name="garde"]').first.wait_for(state="attached")
    found = await faults(page, "session over")
    await page.locator('form[action$="/reprise"] button').click()
    await page.locator('[role="status"]').wait_for()
    found += await faults(page, "taken up too soon")

    assert found == []


async def _faults(page: Page, said: Words) -> list[str]:
    links = await page.locator(".error-summary a").evaluate_all("all => all.map(one => one.getAttribute('href'))")
    lost = [link for link in links if link and not await page.locator(f'[id="{link[1:]}"]').count()]
    title = (await page.title()).replace("\N{NO-BREAK SPACE}", " ")
    return [
        *([] if title.startswith(said.gettext("Erreur :")) else [f"has for title {title}"]),
        *([] if await page.locator(".error-summary").count() else ["has no summary of its errors"]),
        *(f"links to {link}, which is not there" for link in lost),
        *(f"axe {one.rule} at {one.where}: {one.why}" for one in await axe.violations(page)),
    ]
