"""The page of a procedure speaks the reader's language, and French where nobody translated its guide."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest

from catalogue.guides import guide
from catalogue.loader import catalogue
from tests.web.visitors import Site
from web.public.procedures import found, offered, plan_at
from web.site.guides import guide_in
from web.site.languages import CODES, Code, words


@pytest.mark.parametrize("code", CODES)
async def test_a_guide_is_shown_in_the_language_of_the_page(site: Site, code: Code) -> None:
    """Its title, and each of its parts; French is not said to be another language than the page's."""
    page = (await site.visitor().get(f"/{code}/demarches/apa-domicile")).text
    assert f"<h1>{guide_in(code, 'apa-domicile').title}</h1>".replace("'", "&#39;") in page
    assert page.count("<h2>") == len(guide("apa-domicile").sections) + 1
    assert '<h2 lang="fr">' not in page


@pytest.mark.parametrize(
    ("code", "said"),
    [("br", "brezhoneg da adlenn. Ar skrid gallek"), ("en", "Translation awaiting review. The French text prevails.")],
)
async def test_a_language_that_nobody_signed_says_so(site: Site, code: Code, said: str) -> None:
    """And that French prevails; French says nothing of the kind."""
    assert said in (await site.visitor().get(f"/{code}/")).text
    assert 'role="note"' not in (await site.visitor().get("/fr/")).text


def test_a_sixteenth_procedure_is_told_in_french(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """It needs no file in `web/`."""
    monkeypatch.setattr("web.site.guides.CATALOGUES", tmp_path)
    guide_in.cache_clear()
    assert [guide_in(code, "apa-domicile").language for code in CODES] == ["fr", "fr", "fr"]
    guide_in.cache_clear()


async def test_french_inside_another_language_is_marked(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    """So that a screen reader changes its voice."""
    monkeypatch.setattr("web.public.procedures.guide_in", lambda _, slug: guide(slug))
    page = (await site.visitor().get("/br/demarches/apa-domicile")).text
    assert '<h1 lang="fr">' in page
    assert page.count('<h2 lang="fr">') == len(guide("apa-domicile").sections)
    assert '<li class="card" lang="fr">' in (await site.visitor().get("/br/demarches")).text


@pytest.mark.parametrize(("code", "asked"), [("fr", "enfants"), ("br", "bugale"), ("br", "enfants")])
def test_words_are_found_in_french_and_in_the_readers_language(code: Code, asked: str) -> None:
    """Somebody who reads Breton may know the French word."""
    slugs = {one.slug for one in found(offered(words(code)), asked, code)}
    assert "agrement-assistant-maternel" in slugs


@pytest.mark.parametrize("slug", catalogue().slugs())
def test_no_guide_sends_anybody_to_a_number_to_confirm(slug: str) -> None:
    """Nor does any translation: the office stands below, as its one place says it."""
    for code in CODES:
        said = " ".join(body for _, body in guide_in(code, slug).sections)
        assert not re.search(r"(téléphone|phone|bellgomz)[^.]*\((numéro|number|niverenn)", said)


async def test_a_number_to_confirm_is_no_number_to_call(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    page = (await site.visitor().get("/fr/demarches/apa-domicile")).text
    assert "écrivez-lui" in page
    assert 'href="tel:' not in page

    plan = plan_at("apa-domicile")
    sure = replace(plan, office=replace(plan.office, phone="02 98 76 20 20"))
    monkeypatch.setattr("web.public.procedures.plan_at", lambda _: sure)
    assert 'href="tel:0298762020"' in (await site.visitor().get("/fr/demarches/apa-domicile")).text
