"""The pages that only a demonstration has, as a browser shows them."""

from __future__ import annotations

from uuid import uuid4

import pytest
from playwright.async_api import Browser

from tests.web.conftest import serving
from tests.web.test_in_chromium import GRID, faults
from tests.web.visitors import Site


@pytest.mark.timeout(120)
@pytest.mark.parametrize(("code", "width"), GRID)
async def test_the_clock_and_the_mail_pass_axe_and_reflow(
    demonstration: Site, browser: Browser, code: str, width: int
) -> None:
    """A date refused and a message to read included."""
    await demonstration.resident(f"une.adresse.tres.longue.{uuid4().hex}@example.org")
    found: list[str] = []
    async with serving(demonstration) as address:
        page = await browser.new_page(viewport={"width": width, "height": 800})
        await page.goto(f"{address}/{code}/demonstration/courrier")
        assert await page.locator("details.mail").count() == 1
        found += await faults(page, "courrier")
        await page.goto(f"{address}/{code}/demonstration/horloge")
        found += await faults(page, "horloge")
        await page.locator("main form").last.locator("button").click()
        await page.locator(".error-summary").wait_for()
        found += await faults(page, "horloge, date refused")

    assert found == []
