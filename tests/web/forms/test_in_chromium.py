"""The pages of forms in a real browser, its scripts switched off: what it posts, what Enter presses, what axe finds."""

from __future__ import annotations

from urllib.parse import parse_qsl

import pytest
from playwright.async_api import Browser, Page, Request, Route

from tests.web.axe import violations
from tests.web.forms.browsing import MACROS, Sent
from tests.web.forms.every_form import FormPage, page_of
from web.forms.page import QuestionPage
from web.forms.reading import wrong
from web.site.static_files import FOLDER

AT = "http://guichet.test/page"
# Together they show every kind of question.
SHOWN = [
    ("every_format", "personne"),
    ("every_format", "ressources"),
    ("every_format", "action"),
    ("apa-domicile/v2", "foyer"),
    ("apa-domicile/v2", "ressources"),
    ("fsl/v2", "aide"),
    ("cmi/v2", "declaration"),
    ("apa-domicile/plan.v2", None),
]


def html(shown: QuestionPage) -> str:
    """The page alone, with the look of the counter."""
    css = (FOLDER / "guichet.css").read_text(encoding="utf-8")
    return (
        f'<!doctype html><html lang="fr"><head><title>{shown.title}</title><style>{css}</style>'
        f'<meta name="viewport" content="width=device-width"></head><body><main class="wide"><h1>{shown.title}</h1>'
        f'{MACROS.error_summary(shown)}<form method="post" novalidate>{MACROS.form_page(shown)}'
        '<button type="submit" class="button">Continuer</button></form></main></body></html>'
    )


async def opened(browser: Browser, shown: QuestionPage, *, scripts: bool = False) -> tuple[Page, list[Request]]:
    """The page at 320 pixels, and what it posts."""
    context = await browser.new_context(viewport={"width": 320, "height": 800}, java_script_enabled=scripts)
    page, sent = await context.new_page(), []

    async def answer(route: Route) -> None:
        if route.request.method == "POST":
            sent.append(route.request)
        await route.fulfill(body=html(shown), content_type="text/html; charset=utf-8")

    await page.route("**/*", answer)
    await page.goto(AT)
    return page, sent


def pairs(request: Request) -> list[tuple[str, str]]:
    """The fields that a browser sent."""
    return parse_qsl(request.post_data or "", keep_blank_values=True)


@pytest.mark.parametrize("name", SHOWN, ids=str)
async def test_a_browser_posts_what_our_tests_say_it_does(browser: Browser, name: tuple[str, str | None]) -> None:
    """Every box, every line, in order: so that what is read in the other tests is what comes in."""
    form_page = page_of(*name)
    page, sent = await opened(browser, form_page.shown())

    await page.get_by_role("button", name="Continuer", exact=True).click()

    expected = form_page.drawn().posted()
    assert pairs(sent[0]) == expected.pairs
    assert form_page.read(Sent(pairs(sent[0])), form_page.answers).answers == form_page.read(
        expected, form_page.answers
    ).answers  # fmt: skip


async def test_enter_goes_on_and_takes_no_block_away(browser: Browser) -> None:
    """Whatever buttons come before the one that goes on."""
    page, sent = await opened(browser, page_of("every_format", "ressources").shown())

    await page.locator('[name="ressources.loyers.0.montant"]').press("Enter")

    assert not {"_add", "_remove", "_refresh"} & {name for name, _ in pairs(sent[0])}


async def test_the_summary_of_errors_is_reached_first_and_leads_to_the_question(browser: Browser) -> None:
    """By keyboard alone, without a script."""
    form_page = page_of("every_format", "personne")
    page, _ = await opened(browser, in_error(form_page))

    assert await page.locator(":focus").get_attribute("id") == "error-summary"
    await page.keyboard.press("Tab")
    await page.keyboard.press("Enter")
    await page.keyboard.type("27")
    assert await page.locator('[name="personne.naissance.day"]').input_value() == "27"


@pytest.mark.parametrize("name", SHOWN, ids=str)
async def test_axe_finds_nothing_and_nothing_overflows(browser: Browser, name: tuple[str, str | None]) -> None:
    """Empty, filled and in error, at 320 pixels."""
    form_page = page_of(*name)
    for shown in (form_page.shown({}), form_page.shown(), in_error(form_page)):
        page, _ = await opened(browser, shown, scripts=True)

        assert await violations(page) == []
        assert await page.evaluate("document.documentElement.scrollWidth") <= 320


def in_error(form_page: FormPage) -> QuestionPage:
    """The page posted with nothing in it, once its groups are shown."""
    read = form_page.read(Sent([("_opened", name) for name in form_page.shown().opened]))
    return form_page.shown({}, read=read, errors=wrong(form_page.form, form_page.page, read))
