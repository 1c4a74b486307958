"""By keyboard alone, without scripts: a mediator files for a person who has no e-mail, under a mandate."""

from __future__ import annotations

import re
from datetime import UTC, datetime

import pytest
from playwright.async_api import Browser

from api.sign_in.credentials import COOKIE
from domain.calendar import civil
from storage.engine.settings import Settings
from tests.api.journeys import example
from tests.web.conftest import opened_site, serving
from tests.web.keyboard import Keyboard, at_keyboard

SLUG = "acces-documents"
NAME = "Fañch Kerdoncuff"


async def mandate(person: Keyboard) -> None:
    """The mandate, as the person in front of us gives it."""
    today = civil(datetime.now(UTC))
    await person.write("nom", NAME)
    await person.tick("demarches", SLUG)
    await person.choose("duree", "short")
    await person.choose("capacite", "adult")
    await person.choose("consentement", "signed_on_site")
    for name, said in (("jour", today.day), ("mois", today.month), ("annee", today.year)):
        field = person.page.locator(f"#accord-{name}")
        await person.reach(field)
        await person.page.keyboard.press("Control+A")
        await person.page.keyboard.type(str(said))
    await person.press("Enregistrer le mandat")


@pytest.mark.timeout(600)
async def test_a_mediator_files_for_a_person_without_e_mail(own_settings: Settings, browser: Browser) -> None:
    """A banner says for whom, on every page; the receipt is theirs, and the journal names the mediator."""
    async with opened_site(own_settings) as site, serving(site) as address:
        signed, _ = await site.counter.mediator()
        person = await at_keyboard(browser, address)
        await person.page.context.add_cookies([{"name": COOKIE, "value": signed.token, "url": address}])
        await person.go("/fr/mediateurs/mandats/nouveau")
        await mandate(person)
        assert not (await person.page.title()).startswith("Erreur"), await person.page.inner_text("main")
        await person.press("La personne a signé")
        under = re.sub(r"(/mandats/[^/#?]+).*", r"\1", person.page.url)

        await person.page.goto(f"{under}/demarches/{SLUG}/commencer")
        await person.press("Commencer")
        await person.press("Commencer :", role="link")
        answers = example(SLUG)["form"]
        while (found := re.search(r"/pages/(\w+)", person.page.url)) is not None:
            assert NAME in await person.page.inner_text("body")
            await person.answer(answers.get(found[1], {}), found[1])
            await person.press("Enregistrer et continuer")
            assert not (await person.page.title()).startswith("Erreur"), await person.page.inner_text("main")
        draft = re.sub(r"(/brouillons/[^/#?]+).*", r"\1", person.page.url)
        await person.page.goto(f"{draft}/verification")
        if await person.page.locator('[name="incomplete"]').count():
            await person.tick("incomplete")
        await person.press("Déposer")
        receipt = await person.page.inner_text("body")
        await person.page.goto(re.sub(r"(/dossiers/[^/#?]+).*", r"\1/journal", person.page.url))
        journal = await person.page.inner_text("main")

        assert re.search(r"\d{4}-\d{6}", receipt)
        assert NAME in receipt
        assert "Maryvonne Le Goff" in journal
