"""Files whose names are as long as a name may be, and files sent by two clicks: their pages hold, and keep one."""

from __future__ import annotations

import asyncio

from playwright.async_api import Browser

from api.sign_in.credentials import COOKIE
from tests.api.journeys import PDF
from tests.web.residents.filling_in import Applicant
from tests.web.residents.visiting import visit
from tests.web.test_in_chromium import OVERFLOW
from tests.web.visitors import Site

LONGEST = ("e" * 251 + ".pdf", "é" * 125 + "a.pdf", "avis-d-imposition_" * 13 + "2026.pdf")


async def test_the_longest_names_wrap_on_a_telephone(site: Site, served: str, browser: Browser) -> None:
    """At 320 px, where files are sent, listed before filing, and shown with the request."""
    anne = await visit(site)
    draft = (await anne.api.post("drafts", json={"procedure": "apa-domicile"})).json()["id"]
    for name in LONGEST:
        for place in (f"drafts/{draft}", f"dossiers/{anne.dossier}"):
            files = {"file": (name, PDF, "application/pdf")}
            sent = await anne.api.post(f"{place}/documents", files=files, data={"piece": "identite"})
            assert sent.status_code == 201, sent.text

    context = await browser.new_context(viewport={"width": 320, "height": 800})
    await context.add_cookies([{"name": COOKIE, "value": anne.api.token, "url": served}])
    page, shown = await context.new_page(), 0
    for path in (
        f"brouillons/{draft}/pieces/identite",
        f"dossiers/{anne.dossier}/pieces",
        f"dossiers/{anne.dossier}",
    ):
        answer = await page.goto(f"{served}/fr/{path}")
        assert answer is not None
        assert answer.status == 200
        assert await page.evaluate(OVERFLOW) == []
        assert await page.evaluate("() => document.documentElement.scrollWidth") <= 320
        shown += LONGEST[0] in await page.content()
    await context.close()
    assert shown >= 2


async def test_two_clicks_on_the_page_send_one_document(site: Site) -> None:
    """The browser sends the form again before the first answer: one file is kept, and the page shows one."""
    visitor = await site.resident()
    anne = Applicant(visitor, "apa-domicile")
    await anne.begins()
    answers = await asyncio.gather(*(anne.joins("identite", "carte.pdf") for _ in range(2)))
    assert {answer.status_code for answer in answers} == {303}
    assert (await anne.joins("identite", "carte.pdf")).status_code == 303
    page = (await visitor.get(f"{anne.at}/pieces/identite")).text
    assert page.count(">carte.pdf</a>") == 1
