"""By keyboard alone, without scripts: an author reads what a version would change, and asks; another one publishes."""

from __future__ import annotations

import pytest
from playwright.async_api import Browser

from api.sign_in.credentials import COOKIE
from catalogue.loader import Catalogue
from storage.engine.settings import Settings
from tests.api.journeys import filed
from tests.web.authors.begun import SLUG, begun_version
from tests.web.conftest import opened_site, serving
from tests.web.keyboard import Keyboard, at_keyboard

written = begun_version


@pytest.mark.timeout(600)
async def test_an_author_reads_an_impact_report_and_another_publishes(
    own_settings: Settings, browser: Browser, written: Catalogue
) -> None:
    """The report counts the open dossier; four eyes publish; the page then shows both versions."""
    async with opened_site(own_settings) as site, serving(site) as address:
        site.counter.app.state.written = written
        await filed(await site.counter.resident(), SLUG)
        authors: list[Keyboard] = []
        for _ in range(2):
            author = await at_keyboard(browser, address, width=1280)
            token = (await site.counter.administrator()).token
            await author.page.context.add_cookies([{"name": COOKIE, "value": token, "url": address}])
            authors.append(author)
        one, other = authors

        await one.go("/fr/auteurs/")
        await one.follow("Accès à un document administratif")
        changes = await one.page.inner_text("main")
        await one.press("Mesurer l'impact")
        report = await one.page.inner_text("main")
        await one.press("J'ai lu ce rapport : demander la publication")
        asked = await one.page.inner_text("main")
        await other.go(f"/fr/auteurs/{SLUG}")
        await other.press("Publier la version 3")
        published = await other.page.inner_text("main")

        assert "2027" in changes
        assert "1 dossier ouvert" in report
        assert "une autre personne doit la relire" in asked
        assert "La version est publiée" in published
        assert (written.procedures / SLUG / "published" / "3.json").exists()
