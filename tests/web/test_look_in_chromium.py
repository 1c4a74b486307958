"""What the style sheet makes of pages, as Chromium draws them: room at the bottom, dates in line, a printed header."""

from __future__ import annotations

import pytest
from playwright.async_api import Browser, Page

from tests.web.test_in_chromium import context_of
from tests.web.visitors import Site
from tests.web.world import World

STYLE = "([selector, name]) => getComputedStyle(document.querySelector(selector))[name]"
INK, NOTHING = "rgb(0, 0, 0)", "rgba(0, 0, 0, 0)"
TOPS = "one => one.map(each => Math.round(each.getBoundingClientRect().top))"


async def style(page: Page, selector: str, name: str) -> str:
    """A property of the first element that the selector finds, as computed."""
    found: str = await page.evaluate(STYLE, [selector, name])
    return found


@pytest.mark.timeout(180)
@pytest.mark.parametrize("width", [390, 1280])
async def test_pages_have_room_and_their_parts_stand_in_a_line(
    site: Site, served: str, browser: Browser, known: World, width: int
) -> None:
    resident = await (await context_of(browser, served, known, "resident", width)).new_page()
    mediator = await (await context_of(browser, served, known, "mediator", width)).new_page()
    agent = await (await context_of(browser, served, known, "agent", width)).new_page()
    answers = known.path("/dossiers/{dossier}/reponses")

    await resident.goto(f"{served}/fr{answers}")
    await mediator.goto(f"{served}/fr/mediateurs/mandats/nouveau")

    assert float((await style(resident, "main", "paddingBottom")).removesuffix("px")) >= 48
    assert await style(resident, ".answers > div", "display") == "grid"
    columns = (await style(resident, ".answers > div", "gridTemplateColumns")).split()
    assert len(columns) == (1 if width < 640 else 3)
    parts = await mediator.locator(".date-parts input").evaluate_all(TOPS)
    assert len(parts) == 3
    assert len(set(parts)) == 1
    await agent.goto(f"{served}/fr/agents/")
    tables = agent.locator(".scroll")
    assert await tables.count()
    assert not await tables.evaluate_all("one => one.some(each => each.scrollWidth > each.clientWidth)")


@pytest.mark.timeout(180)
async def test_a_printed_page_says_whose_it_is_in_black(
    site: Site, served: str, browser: Browser, known: World
) -> None:
    """Browsers print no background: what is white on the screen would be lost."""
    for who, path in (
        ("resident", "/dossiers/{dossier}"),
        ("agent", "/agents/dossiers/{dossier}"),
        ("mediator", "/mediateurs/"),
    ):
        page = await (await context_of(browser, served, known, who, 800)).new_page()
        await page.goto(f"{served}/fr{known.path(path)}")
        await page.emulate_media(media="print")

        assert await style(page, ".top__name", "color") == INK
        assert await style(page, ".top", "backgroundColor") == NOTHING
        pale = await page.evaluate(PALE)
        assert pale == [], path
        assert not await page.locator(".top__nav").is_visible()


PALE = """() => [...document.querySelectorAll('body *')].filter(one => {
  const said = [...one.childNodes].some(each => each.nodeType === 3 && each.textContent.trim());
  const box = one.getBoundingClientRect();
  if (!said || !box.width || box.width < 2) return false;
  const [red, green, blue] = getComputedStyle(one).color.match(/\\d+/g).map(Number);
  return red + green + blue > 500; }).map(one => one.outerHTML.slice(0, 100))"""
