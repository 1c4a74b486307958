"""A page that answers a form has an address: a reload, Back, another language lose nothing, and nobody else sees it."""

from __future__ import annotations

from html import unescape
from urllib.parse import urlsplit

import httpx2
import pytest
from playwright.async_api import Browser
from sqlalchemy import text

from api.sign_in.credentials import COOKIE
from tests.api.counter import OWNER
from tests.web.residents.filling_in import Applicant
from tests.web.residents.test_filing import applicant, filled
from tests.web.residents.visiting import said, visit
from tests.web.visitors import Site, hidden

TYPED = {"demandeur.prenoms": "Yvonne Marie", "demandeur.date_naissance.day": "45"}


async def wrong(anne: Applicant) -> httpx2.Response:
    """Where a browser is sent that turned a page with a day that does not exist."""
    at = f"{anne.at}/pages/demandeur"
    page = (await anne.visitor.get(at)).text
    return await anne.visitor.client.request(
        "POST", at, data=dict(anne.filled(page, "demandeur", TYPED)), extensions={"stay": True}
    )


def codes_sent(site: Site) -> int:
    folder = site.counter.settings.mail_folder
    assert folder is not None
    return sum("To: katell@example.org" in file.read_text(encoding="utf-8") for file in folder.glob("*.eml"))


async def test_an_error_has_an_address_that_shows_it_again(site: Site) -> None:
    anne = await applicant(site)

    away = await wrong(anne)
    shown = [await anne.visitor.get(away.headers["location"]) for _ in range(2)]

    assert away.status_code == 303
    for page in shown:
        assert page.status_code == 422
        assert 'value="Yvonne Marie"' in page.text
        assert "<title>Erreur : " in page.text
    assert shown[0].text == shown[1].text


async def test_another_language_shows_what_was_typed_and_what_is_wrong_at_once(site: Site) -> None:
    """By the link of the page itself: nothing is to be sent again first."""
    anne = await applicant(site)
    away = (await wrong(anne)).headers["location"]
    link = away.replace("/fr/", "/br/")
    assert unescape((await anne.visitor.get(away)).text).count(f'href="{link}"') == 1

    shown = [await anne.visitor.get(link) for _ in range(2)]

    for page in shown:
        assert page.status_code == 422
        assert '<html lang="br">' in page.text
        assert "<title>Fazi" in page.text
        assert 'value="Yvonne Marie"' in page.text
        assert 'value="45"' in page.text
        assert unescape(page.text).count(f'href="{away}"') == 1
    mended = dict(anne.filled(shown[0].text, "demandeur"))
    assert (await anne.visitor.post(urlsplit(link).path, mended)).status_code == 303


async def test_another_language_files_nothing_that_was_refused_and_would_not_be_now(site: Site) -> None:
    """What was missing has come since: the page is another, and only a button may send anything."""
    anne = await applicant(site)
    await filled(anne)
    check = f"{anne.at}/verification"
    sent = hidden((await anne.visitor.get(check)).text)
    away = await anne.visitor.client.request("POST", f"{anne.at}/depot", data=sent, extensions={"stay": True})
    link = away.headers["location"].replace("/fr/", "/br/")
    refused = await anne.visitor.get(link)
    for piece in ("identite", "avis_imposition", "rib"):
        await anne.joins(piece, f"{piece}.pdf")

    offered = await anne.visitor.get(link)

    assert (refused.status_code, offered.status_code) == (422, 200)
    assert '<form method="post" action="' + urlsplit(link).path + '">' in offered.text
    assert (await anne.visitor.get(anne.at)).status_code == 200
    assert (await anne.visitor.get(f"/fr/dossiers/{anne.draft}")).status_code == 404
    assert (await anne.visitor.post(urlsplit(link).path, hidden(offered.text))).status_code == 303


async def test_another_language_sends_no_second_code(site: Site) -> None:
    """The page of a code is that of the code that left."""
    visitor = site.visitor()
    sent = {**hidden((await visitor.get("/fr/connexion")).text), "email": "katell@example.org"}
    away = await visitor.client.request("POST", "/fr/connexion", data=sent, extensions={"stay": True})
    before = codes_sent(site)

    offered = await visitor.get(away.headers["location"].replace("/fr/", "/br/"))

    assert offered.status_code == 200
    assert hidden(offered.text)["email"] == "katell@example.org"
    assert 'action="/br/connexion"' in offered.text
    assert codes_sent(site) == before == 1


async def test_nobody_else_is_shown_it_nor_the_same_person_once_signed_out(site: Site) -> None:
    anne, zoe, nobody = await applicant(site), await site.resident(), site.visitor()
    away = (await wrong(anne)).headers["location"]

    for other in (zoe, nobody):
        assert "Yvonne" not in (await other.get(away, follow_redirects=True)).text
    await anne.visitor.submit("/fr/espace", "/fr/deconnexion")
    assert "Yvonne" not in (await anne.visitor.get(away, follow_redirects=True)).text


async def test_under_a_new_session_it_is_shown_with_the_proof_of_that_one(site: Site) -> None:
    """The page of the session before would send a proof that is of no use any more."""
    anne = await applicant(site)
    away = (await wrong(anne)).headers["location"]
    back = await site.resident(anne.visitor.email)

    shown = await back.get(away)
    again = await back.post(urlsplit(away).path, dict(anne.filled(shown.text, "demandeur")))

    assert shown.status_code == 422
    assert 'value="Yvonne Marie"' in shown.text
    assert again.status_code == 303


async def test_once_its_draft_is_given_up_or_its_hour_is_over_it_is_shown_no_more(site: Site) -> None:
    anne = await applicant(site)
    late, gone = (await wrong(anne)).headers["location"], (await wrong(anne)).headers["location"]
    async with site.counter.owner.transaction(OWNER) as connection:
        await connection.execute(
            text("UPDATE kept_page SET expires_at = now() WHERE id = :id"), {"id": late.rpartition("=")[2]}
        )
    plain = await anne.visitor.get(late)
    await anne.visitor.submit(f"{anne.at}/abandon", f"{anne.at}/abandon")

    assert plain.headers["location"] == f"{anne.at}/pages/demandeur"
    assert (await anne.visitor.get(gone)).headers["location"] == f"{anne.at}/pages/demandeur"


async def test_it_is_sealed_and_a_secret_is_in_none(site: Site) -> None:
    """A password typed at the wrong moment is given back in no language."""
    visitor = site.visitor()
    page = await visitor.get("/fr/agents/connexion")
    sent = {**hidden(page.text), "email": "agent@example.org", "password": "phrase secrète", "code": "12"}
    away = await visitor.client.request("POST", "/fr/agents/connexion", data=sent, extensions={"stay": True})
    other = await visitor.get(away.headers["location"].replace("/fr/", "/br/"))
    async with site.counter.owner.transaction(OWNER) as connection:
        rows = str((await connection.execute(text("SELECT * FROM kept_page"))).all())

    assert (await visitor.get(away.headers["location"])).status_code == 422
    assert other.headers["location"] == "/br/agents/connexion"
    assert "phrase" not in rows
    assert "example.org" not in rows


async def test_is_it_for_me_keeps_nothing(site: Site) -> None:
    at = "/fr/demarches/apa-domicile/pour-moi"
    async with site.counter.owner.transaction(OWNER) as connection:
        await connection.execute(text("DELETE FROM kept_page"))
    answer = await site.visitor().client.request("POST", at, data={}, extensions={"stay": True})
    async with site.counter.owner.transaction(OWNER) as connection:
        count = (await connection.execute(text("SELECT count(*) FROM kept_page"))).scalar_one()

    assert answer.status_code == 422
    assert count == 0


@pytest.mark.parametrize("essai", ["", "x", "00000000-0000-4000-8000-000000000000", "%0A", "a" * 5000])
async def test_an_address_of_nothing_leads_to_the_page_itself(site: Site, essai: str) -> None:
    anne = await visit(site)

    page = await anne.visitor.get(f"{anne.at}/messages?essai={essai}")
    elsewhere = await site.visitor().get(f"/fr/connexion/code?essai={essai}")

    assert page.headers["location"] == f"{anne.at}/messages"
    assert elsewhere.headers["location"] == "/fr/connexion"


@pytest.mark.timeout(120)
async def test_in_a_browser_back_and_reload_show_what_was_typed(site: Site, served: str, browser: Browser) -> None:
    anne = await visit(site)
    context = await browser.new_context(java_script_enabled=False)
    await context.add_cookies([{"name": COOKIE, "value": anne.visitor.client.cookies[COOKIE], "url": served}])
    page = await context.new_page()
    await page.goto(f"{served}{anne.at}/retrait")
    await page.fill("textarea", "Trop long " * 600)
    await page.click("main form button.button")
    assert "Erreur" in await page.title()
    await page.reload()
    assert (await page.input_value("textarea")).startswith("Trop long")
    await page.click("footer a")
    await page.go_back()

    assert "Erreur" in await page.title()
    assert (await page.input_value("textarea")).startswith("Trop long")
    await page.click('nav a[lang="br"]')
    assert (await page.input_value("textarea")).startswith("Trop long")
    assert "/br/" in page.url
    assert "Fazi" in said(await page.content())
    await page.go_back()
    assert "/fr/" in page.url
    assert (await page.input_value("textarea")).startswith("Trop long")
    await context.close()


async def test_before_anything_is_sent_another_language_keeps_what_is_being_typed(
    site: Site, served: str, browser: Browser
) -> None:
    """Its link is a button of the form; Enter in a field still goes on, in the same language."""
    anne = await applicant(site)
    context = await browser.new_context(java_script_enabled=False)
    await context.add_cookies([{"name": COOKIE, "value": anne.visitor.client.cookies[COOKIE], "url": served}])
    page = await context.new_page()
    await page.goto(f"{served}{anne.at}/pages/demandeur")

    await page.fill('[name="demandeur.prenoms"]', "Yvonne Marie")
    await page.fill('[name="demandeur.date_naissance.day"]', "45")
    await page.get_by_role("button", name="Brezhoneg").click()
    assert await page.get_attribute("html", "lang") == "br"
    assert await page.input_value('[name="demandeur.prenoms"]') == "Yvonne Marie"
    assert await page.input_value('[name="demandeur.date_naissance.day"]') == "45", "what is wrong is kept too"
    assert not await page.locator(".error-summary").count(), "nothing was sent yet"

    await page.goto(f"{served}{anne.at}/pages/demandeur")
    await page.press('[name="demandeur.prenoms"]', "Enter")
    await page.wait_for_load_state()
    assert "/fr/" in page.url
    assert await page.locator(".error-summary").count(), "that is « Enregistrer et continuer »"
    await context.close()
