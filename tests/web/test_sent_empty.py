"""Every form of every page, sent as it comes: whatever answers it, axe finds nothing there and nothing overflows."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from fastapi import FastAPI
from playwright.async_api import Browser, Page

from domain.commands import COMMANDS
from tests.web import world
from tests.web.test_in_chromium import GRID, context_of, faults
from tests.web.visitors import Site
from tests.web.world import World

SENDS = 'main form[method="post"] button.button'
LAST = ("retrait", "renonciation", "abandon", "reprise", "revocation", "fin", "deconnexion", "sessions", "cloture")
"""What ends something is sent last: the pages before it still have something to show."""
AT_LEAST = 20
"""Pages that come back with errors: fewer would mean that the walk no longer reaches them."""


def pages_of(app: FastAPI, known: World) -> Iterator[tuple[str, str]]:
    """Who opens each page, and its path; every act has one."""
    templates = sorted(world.templates(app), key=lambda one: any(word in one for word in LAST))
    for template in templates:
        path = None if template in world.DOWNLOADS else known.path(template)
        who = known.holder(template)
        if path is not None and template.endswith("/actes/{act}"):
            yield from ((who, f"{path.rpartition('/')[0]}/{act}") for act, command in COMMANDS.items() if command.label)
        elif path is not None:
            yield who, path


@pytest.mark.timeout(900)
@pytest.mark.parametrize(("code", "width"), GRID)
async def test_what_answers_a_form_sent_as_it_comes_passes_axe_and_reflows(
    site: Site, served: str, browser: Browser, code: str, width: int
) -> None:
    known = await world.made(site)
    tabs = {who: await (await context_of(browser, served, known, who, width)).new_page() for who in known.sessions}
    found: list[str] = []
    in_error = 0
    for who, path in pages_of(site.counter.app, known):
        status = await _sent(tabs[who], f"{served}/{code}{path}")
        if status is not None:
            found += await faults(tabs[who], f"/{code}{path} sent")
            in_error += status == 422

    assert found == []
    assert in_error >= AT_LEAST


async def _sent(page: Page, address: str) -> int | None:
    """The status of what answers the first form of that page; None where there is no page, or no form in it."""
    answer = await page.goto(address)
    is_page = answer is not None and answer.headers.get("content-type", "").startswith("text/html")
    if not is_page or not await page.locator(SENDS).count():
        return None
    async with page.expect_navigation() as navigation:
        await page.locator(SENDS).first.click()
    answered = await (await navigation.value).request.response()
    return None if answered is None else answered.status
