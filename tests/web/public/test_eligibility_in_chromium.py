"""What the answers mean, as a browser shows it: met, not met, not known."""

from __future__ import annotations

import pytest
from playwright.async_api import Browser

from tests.web.test_in_chromium import GRID, context_of, faults
from tests.web.visitors import Site
from tests.web.world import World

MET, NOT_MET, NOT_KNOWN = 0, 1, 2


@pytest.mark.timeout(300)
@pytest.mark.parametrize(("code", "width"), GRID)
async def test_what_the_answers_mean_passes_axe_and_reflows(
    site: Site, served: str, browser: Browser, known: World, code: str, width: int
) -> None:
    """Each of the three pages; at the APA's questions, which expect yes."""
    found: list[str] = []
    page = await (await context_of(browser, served, known, "resident", width)).new_page()
    for first, others in ((MET, MET), (MET, NOT_KNOWN), (NOT_MET, NOT_KNOWN)):
        await page.goto(f"{served}/{code}/demarches/apa-domicile/pour-moi")
        questions = page.locator("main fieldset")
        for rank in range(await questions.count()):
            await questions.nth(rank).locator("input").nth(others if rank else first).check()
        await page.locator('main form[method="post"] button.button').click()
        assert await page.locator("main .error-summary").count() == 0
        assert await page.locator("main .card").count() == (first != MET) + 2 * (others != MET)
        found += await faults(page, page.url)

    assert found == []
