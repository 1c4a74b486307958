"""Shortcuts in a real browser: they press the page's own links, never while one types, and not at all when cut."""

from __future__ import annotations

import re

from playwright.async_api import Browser, expect

from api.sign_in.credentials import COOKIE
from tests.api.journeys import filed
from tests.web.agents.desk import agent_of
from tests.web.visitors import Site


async def test_keys_press_the_links_of_the_page_unless_one_types_or_cut_them(
    site: Site, served: str, browser: Browser
) -> None:
    anne = await site.counter.resident()
    first, second = [(await filed(anne, "acces-documents"))["id"] for _ in range(2)]
    agent = await agent_of(site, "acces", "acces-documents")
    context = await browser.new_context()
    await context.add_cookies([{"name": COOKIE, "value": agent.client.cookies[COOKIE], "url": served}])
    page = await context.new_page()
    page.set_default_timeout(10_000)
    await page.goto(f"{served}/fr/agents/dossiers/{first}?file=acces&tri=depot")

    await page.keyboard.press("n")
    await expect(page).to_have_url(re.compile(second))
    await page.keyboard.press("p")
    await expect(page).to_have_url(re.compile(first))
    await page.keyboard.press("a")
    await expect(page.locator("#actes")).to_be_focused()
    await page.keyboard.press("q")
    await expect(page).to_have_url(re.compile("/agents/files/acces"))
    await page.keyboard.press("g")
    await page.keyboard.press("r")
    await expect(page).to_have_url(re.compile("/agents/recherche"))
    await page.fill("#q", "")
    await page.type("#q", "n?gi")
    await expect(page.locator("#q")).to_have_value("n?gi")
    await page.locator("h1").click()
    await page.keyboard.press("?")
    await expect(page).to_have_url(re.compile("/agents/clavier"))
    await page.get_by_role("button", name="Couper les raccourcis").click()
    await expect(page.get_by_text("Les raccourcis sont coupés")).to_be_visible()
    await page.keyboard.press("g")
    await page.keyboard.press("f")
    await expect(page.get_by_text("Les raccourcis sont coupés")).to_be_visible()
    await context.close()
