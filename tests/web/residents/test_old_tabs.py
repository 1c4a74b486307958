"""Back after filing, or a tab left open: the request, never « rien n'existe »; and HEAD is answered as GET."""

from __future__ import annotations

import re

import pytest
from playwright.async_api import Browser, Page

from tests.api.journeys import PDF
from tests.web.residents.filling_in import Applicant
from tests.web.residents.test_filing import applicant, filled
from tests.web.residents.visiting import mediated, said
from tests.web.visitors import Site, hidden

PAGES = ("", "/pages/demandeur", "/pages/inconnue", "/pieces/identite", "/verification", "/abandon")


async def filed_in_another_tab(site: Site) -> tuple[Applicant, str, str]:
    """Somebody whose draft is filed, its first page and the page of a piece still open elsewhere."""
    anne = await applicant(site)
    await filled(anne)
    page = (await anne.visitor.get(f"{anne.at}/pages/demandeur")).text
    piece = (await anne.visitor.get(f"{anne.at}/pieces/rib")).text
    done = await anne.visitor.submit(f"{anne.at}/verification", f"{anne.at}/depot", {"incomplete": "1"})
    assert done.status_code == 303, done.text
    return anne, page, piece


async def test_every_page_of_a_filed_draft_leads_to_the_request(site: Site) -> None:
    anne, page, _ = await filed_in_another_tab(site)
    request = anne.at.replace("/brouillons/", "/dossiers/")

    back = [await anne.visitor.get(anne.at + under) for under in PAGES]
    typed = await anne.sends(f"{anne.at}/pages/demandeur", anne.filled(page, "demandeur"))
    given_up = await anne.visitor.post(f"{anne.at}/abandon", hidden(page))
    again = await anne.visitor.post(f"{anne.at}/depot", hidden(page))

    assert {one.headers["location"] for one in back} == {f"{request}?dit=depose_avant"}
    assert typed.headers["location"] == f"{request}?dit=depose_sans"
    assert "n'y est pas ajouté" in said((await anne.visitor.get(typed.headers["location"])).text)
    assert given_up.headers["location"] == f"{request}?dit=depose_avant"
    assert again.headers["location"] == f"{request}/recepisse?dit=depose"


async def test_a_file_sent_from_the_draft_s_page_after_filing_is_given_to_the_request(site: Site) -> None:
    anne, _, piece = await filed_in_another_tab(site)

    sent = await anne.visitor.client.post(
        f"{anne.at}/pieces/rib/documents",
        data={"_csrf": hidden(piece)["_csrf"]},
        files={"file": ("rib.pdf", PDF, "application/pdf")},
    )

    request = anne.at.replace("/brouillons/", "/dossiers/")
    assert sent.headers["location"] == f"{request}/pieces?dit=piece_donnee"
    assert "rib.pdf" in (await anne.visitor.get(f"{request}/pieces/rib")).text


async def test_somebody_else_learns_nothing_of_it(site: Site) -> None:
    anne, _, _ = await filed_in_another_tab(site)
    zoe = await site.resident()

    assert (await zoe.get(anne.at)).status_code == 404
    assert (await zoe.get(f"{anne.at}/pages/demandeur")).status_code == 404


async def test_a_mediator_is_led_to_the_request_under_the_mandate(site: Site) -> None:
    mediator, counter, _ = await mediated(site)
    pro = Applicant(mediator.visitor, "acces-documents", counter=counter)
    await pro.begins()
    await filled(pro)
    await mediator.visitor.submit(f"{pro.at}/verification", f"{pro.at}/depot")

    back = await mediator.visitor.get(f"{pro.at}/verification")

    assert back.headers["location"] == f"{pro.at.replace('/brouillons/', '/dossiers/')}?dit=depose_avant"


async def test_head_is_answered_as_get_without_content(site: Site) -> None:
    anne = await applicant(site)
    for path in (
        "/",
        "/fr/",
        "/fr/demarches",
        "/fr/espace",
        f"{anne.at}/pages/demandeur",
        "/fr/rien",
        "/v1/procedures",
    ):
        asked, told = await anne.visitor.get(path), await anne.visitor.client.head(path)
        assert (path, told.status_code, told.content) == (path, asked.status_code, b"")
        assert told.headers.get("content-type") == asked.headers.get("content-type")


async def test_what_is_sent_from_a_draft_s_piece_stays_then_goes_on(site: Site) -> None:
    """One dark button: it sends what is chosen; nothing chosen, it goes on when nothing is owed."""
    anne = await applicant(site)

    none = await anne.joins("identite", "", b"")
    first = await anne.joins("identite", "recto.pdf")
    more = await anne.joins("identite", "verso.pdf")
    page = (await anne.visitor.get(f"{anne.at}/pieces/identite")).text
    on = await anne.joins("identite", "", b"")

    assert none.status_code == 422
    assert first.headers["location"] == f"{anne.at}/pieces/identite?dit=piece"
    assert re.search(rf"{anne.at}/pieces/\w+\?dit=piece$", more.headers["location"])
    assert "/pieces/identite" not in more.headers["location"]
    assert "verso.pdf" in page
    assert " multiple " in page
    assert on.headers["location"] == more.headers["location"].removesuffix("?dit=piece")


@pytest.mark.timeout(120)
async def test_back_in_a_browser_after_filing_shows_the_request(site: Site, served: str, browser: Browser) -> None:
    anne = await applicant(site)
    await filled(anne)
    context = await browser.new_context(java_script_enabled=False, viewport={"width": 390, "height": 844})
    await context.add_cookies(
        [{"name": name, "value": value, "url": served} for name, value in anne.visitor.client.cookies.items()]
    )
    page: Page = await context.new_page()
    await page.goto(f"{served}{anne.at}/verification")
    await page.check("#incomplete")
    await page.click(".button--start")
    await page.go_back()

    assert "/dossiers/" in page.url
    assert "déjà déposée" in await page.inner_text("[role=status]")
    await context.close()
