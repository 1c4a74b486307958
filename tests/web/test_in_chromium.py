"""Every page in a real Chromium, without scripts of ours: axe, reflow at 320 px, text spacing, forced colours.

`make test` reads each page in French at 320 px; `make test-long` reads three languages at 320 and 1280 px.
"""

from __future__ import annotations

import os

import pytest
from playwright.async_api import Browser, BrowserContext, Page

from api.sign_in.credentials import COOKIE
from tests.long import LONG
from tests.web import axe, gathered, world
from tests.web.visitors import Site
from tests.web.world import World
from web.site.accessibility import results
from web.site.languages import CODES

GRID = [(code, width) for code in CODES for width in (320, 1280)] if LONG else [("fr", 320)]
# WCAG 1.4.12: line height, spacing after paragraphs, between letters and words.
SPACING = """() => { const sheet = new CSSStyleSheet(); sheet.replaceSync(
`* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important; }
p { margin-bottom: 2em !important; }`); document.adoptedStyleSheets = [sheet]; }"""
OVERFLOW = """() => [...document.querySelectorAll('body *')].filter(one => {
  const box = one.getBoundingClientRect();
  return box.width > 0 && box.right > document.documentElement.clientWidth + 1 && !one.closest('.scroll')
    && getComputedStyle(one).position !== 'absolute'; }).map(one => one.outerHTML.slice(0, 120))"""


async def context_of(browser: Browser, served: str, known: World, who: str, width: int) -> BrowserContext:
    """A browser of this width, with this person's session, where pages run no script of their own."""
    context = await browser.new_context(viewport={"width": width, "height": 800}, bypass_csp=False)
    await context.add_cookies([{"name": COOKIE, "value": known.sessions[who].token, "url": served}])
    return context


async def faults(page: Page, path: str) -> list[str]:
    """What is wrong with the page as Chromium shows it."""
    found = [f"{path} axe {one.rule} at {one.where}: {one.why}" for one in await axe.violations(page)]
    found += [f"{path} overflows: {one}" for one in await page.evaluate(OVERFLOW)]
    await page.evaluate(SPACING)
    found += [f"{path} overflows with spaced text: {one}" for one in await page.evaluate(OVERFLOW)]
    return found


@pytest.mark.timeout(900)
@pytest.mark.parametrize(("code", "width"), GRID)
async def test_every_page_passes_axe_and_reflows(
    site: Site, served: str, browser: Browser, known: World, code: str, width: int
) -> None:
    """No violation of RGAA, WCAG 2.2 A and AA and best practices that axe can see, on any route."""
    contexts = {who: await context_of(browser, served, known, who, width) for who in known.sessions}
    tabs = {who: await context.new_page() for who, context in contexts.items()}
    found: list[str] = []
    count = 0
    for template in world.templates(site.counter.app):
        path = known.path(template)
        tab = tabs[known.holder(template)]
        answer = None if path is None or template in world.DOWNLOADS else await tab.goto(f"{served}/{code}{path}")
        if answer is not None and answer.headers.get("content-type", "").startswith("text/html"):
            found += await faults(tab, f"/{code}{path}")
            count += 1

    if "ACCESSIBILITY_RESULTS" in os.environ:
        gathered.add(code, width, count, len(found))
    assert found == []


async def test_the_first_page_survives_forced_colours_and_print(served: str, browser: Browser) -> None:
    """What tells a button, a card and the focus does not hang on our colours; paper shows no navigation."""
    context = await browser.new_context(forced_colors="active")
    page = await context.new_page()
    await page.goto(f"{served}/fr/")

    borders = await page.evaluate("() => getComputedStyle(document.querySelector('.button')).borderTopStyle")
    await page.emulate_media(media="print", forced_colors="none")
    shown = await page.evaluate("() => getComputedStyle(document.querySelector('.top__nav')).display")

    assert borders == "solid"
    assert shown == "none"


async def test_the_keyboard_goes_first_to_the_content(served: str, browser: Browser) -> None:
    """The first tab shows the way to the content; the focus is seen."""
    page = await browser.new_page()
    await page.goto(f"{served}/fr/")

    await page.keyboard.press("Tab")
    focused = await page.evaluate("() => document.activeElement.getAttribute('href')")
    outline = await page.evaluate("() => getComputedStyle(document.activeElement).outlineStyle")

    assert focused == "#contenu"
    assert outline == "solid"


def test_the_statement_tells_what_was_found() -> None:
    """The results that the page shows are of this axe, on every language and width, and hide nothing."""
    told = results()

    assert told is not None, "run `make accessibility`, and commit web/accessibility.json"
    assert told.violations == 0
    assert set(told.languages) == set(CODES)
    assert set(told.widths) == {320, 1280}
