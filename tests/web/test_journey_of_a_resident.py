"""By keyboard alone, without scripts, at 320 px: a resident files an APA with its pieces, and knows what comes next."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from playwright.async_api import Browser

from api.sign_in.credentials import COOKIE
from catalogue.loader import catalogue
from storage.engine.legal_time import move_clock
from storage.engine.settings import Settings
from tests.api.journeys import PDF, example, filed
from tests.web.conftest import opened_site, serving
from tests.web.keyboard import Keyboard, at_keyboard
from tests.web.visitors import Site

SLUG = "apa-domicile"


async def sign_in(person: Keyboard, site: Site, email: str) -> None:
    """The address, then the code that comes by e-mail."""
    await person.write("email", email)
    await person.press("Recevoir un code")
    await person.write("code", site.counter.code_sent_to(email))
    await person.press("Continuer")


async def fill_in(person: Keyboard) -> None:
    """Every page of the form; what an answer opens is asked next."""
    answers = example(SLUG)["form"]
    for _ in range(4 * len(answers)):
        found = re.search(r"/pages/(\w+)", person.page.url)
        if found is None:
            return
        await person.answer(answers[found[1]], found[1])
        await person.press("Enregistrer et continuer")
        assert not (await person.page.title()).startswith("Erreur"), await person.page.inner_text("main")
    raise AssertionError("the form never ends")


async def give_pieces(person: Keyboard, folder: Path) -> None:
    """A file for each piece that is required."""
    file = folder / "piece.pdf"
    file.write_bytes(PDF)
    draft = re.sub(r"(/brouillons/[^/#?]+).*", r"\1", person.page.url)
    required = [piece for piece in catalogue().plan(SLUG).pieces if piece.required_for(example(SLUG)["form"])]
    for piece in required:
        await person.page.goto(f"{draft}/pieces/{piece.key}")
        # Choosing a file opens a window of the system, which no headless browser has.
        await person.page.set_input_files('input[type="file"]', file)
        await person.press("Envoyer")
    await person.page.goto(draft)


@pytest.mark.timeout(600)
async def test_a_resident_files_an_apa(own_settings: Settings, browser: Browser, tmp_path: Path) -> None:
    """From the first page to the receipt: the reference, the date of the implied decision, and why."""
    async with opened_site(own_settings) as site, serving(site) as address:
        person = await at_keyboard(browser, address)
        await person.go("/fr/")
        await person.follow("Demander l'allocation personnalisée d'autonomie")
        await person.follow("Commencer la demande")
        await sign_in(person, site, "yvonne@example.org")
        await person.press("Commencer")
        await person.follow("Commencer : Qui demande l'aide ?")

        await fill_in(person)
        await give_pieces(person, tmp_path)
        await person.follow("Relire ma demande")
        checked = await person.page.inner_text("main")
        await person.press("Déposer ma demande")
        receipt = await person.page.inner_text("main")

        assert "Yvonne Marie" in checked
        assert "14 mars 1952" in checked
        assert "Quimper" in checked
        assert re.search(r"\d{4}-\d{6}", receipt)
        assert "pourquoi" in receipt
        await person.follow("Suivre ma demande")
        await person.page.get_by_role("link", name="pourquoi").first.click()
        why = await person.page.inner_text("main")
        assert "R232-23" in why or "L232-14" in why
        width = await person.page.evaluate("() => document.documentElement.scrollWidth")
        assert width <= 320


@pytest.mark.timeout(600)
async def test_silence_takes_effect_and_the_page_says_so(own_settings: Settings, browser: Browser) -> None:
    """Nobody answers a request for documents: after a month it is rejected, and the page says by what text."""
    async with opened_site(own_settings) as site, serving(site) as address:
        anne = await site.counter.resident()
        dossier = (await filed(anne, "acces-documents"))["id"]
        person = await at_keyboard(browser, address)
        await person.page.context.add_cookies([{"name": COOKIE, "value": anne.token, "url": address}])
        await person.go(f"/fr/dossiers/{dossier}")
        before = await person.page.inner_text("main")

        await move_clock(site.counter.owner, datetime.now(UTC) + timedelta(days=40), signal=False)
        await person.go(f"/fr/dossiers/{dossier}")
        after = (await person.page.inner_text("main")).replace("\N{NO-BREAK SPACE}", " ")

        assert "votre demande est rejetée" not in before
        assert "Le service n'a pas répondu à temps : votre demande est rejetée" in after
        await person.go(f"/fr/dossiers/{dossier}/pourquoi")
        assert "R311-13" in await person.page.inner_text("main")
