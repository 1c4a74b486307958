"""« Est-ce pour moi ? »: asked with no account, told with its text, kept nowhere, and never a refusal."""

from __future__ import annotations

from html import unescape

import pytest

from catalogue.eligibility import eligibility
from catalogue.loader import catalogue
from tests.web.visitors import Site
from web.site.guides import guide_in

EVERYWHERE = catalogue().slugs()
ALL_MET = "Cette démarche semble être pour vous"
NOT_MET = "Cette démarche n'est peut-être pas pour vous"
NOT_KNOWN = "Cette démarche est peut-être pour vous"
NOT_BINDING = "Vous pouvez toujours déposer une demande"


async def told(site: Site, slug: str, **others: str) -> str:
    """What the page answers to who meets every condition, but for `others`."""
    answers = {each.key: each.expected for each in eligibility(slug).questions} | others
    answer = await site.visitor().post(f"/fr/demarches/{slug}/pour-moi", answers)
    assert answer.status_code == 200, answer.text
    return unescape(answer.text)


@pytest.mark.parametrize("slug", EVERYWHERE)
async def test_who_meets_every_condition_is_told_so(site: Site, slug: str) -> None:
    page = await told(site, slug)
    assert ALL_MET in page
    assert NOT_BINDING in page


@pytest.mark.parametrize("slug", EVERYWHERE)
async def test_each_condition_that_is_not_met_says_what_it_means_and_where_to_go(site: Site, slug: str) -> None:
    """One after the other; the way to file stays open."""
    for question in eligibility(slug).questions:
        page = await told(site, slug, **{question.key: "non" if question.expected == "oui" else "oui"})
        assert NOT_MET in page
        assert question.otherwise in page
        assert question.reference[0] in page
        assert not question.see or f'href="/fr/demarches/{question.see}">{guide_in("fr", question.see).title}' in page
        assert NOT_BINDING in page
        assert f'href="/fr/demarches/{slug}/commencer"' in page


async def test_who_does_not_know_is_told_what_to_look_at(site: Site) -> None:
    page = await told(site, "apa-domicile", gestes="ne_sait_pas")
    assert NOT_KNOWN in page
    assert "une équipe vient chez vous et le dit" in page


async def test_what_is_not_answered_is_asked_again_and_the_rest_is_kept_on_the_page(site: Site) -> None:
    answer = await site.visitor().post("/fr/demarches/apa-domicile/pour-moi", {"age": "oui"})
    page = unescape(answer.text)
    assert answer.status_code == 422
    assert "<title>Erreur :" in page
    assert page.count("Habitez-vous en France de façon stable et régulière ?") == 2, "in the summary, and asked again"
    assert 'value="oui" checked' in page


async def test_answers_are_kept_nowhere(site: Site) -> None:
    """Neither in the address nor in a cookie: the language is, as on any page."""
    visitor = site.visitor()
    answer = await visitor.post(
        "/fr/demarches/apa-domicile/pour-moi", {"age": "non", "residence": "oui", "gestes": "oui"}
    )
    assert answer.status_code == 200
    assert not answer.history
    assert "age" not in str(answer.url)
    assert set(visitor.client.cookies) == {"guichet_langue"}


async def test_the_page_of_a_procedure_leads_there(site: Site) -> None:
    page = (await site.visitor().get("/br/demarches/apa-domicile")).text
    assert 'href="/br/demarches/apa-domicile/pour-moi"' in page


async def test_a_procedure_that_asks_nothing_has_no_such_page(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    """A sixteenth one, before its author wrote any."""
    nothing = lambda _: eligibility("apa-domicile").model_copy(update={"questions": ()})  # noqa: E731
    for room in ("web.public.eligibility", "web.public.procedures"):
        monkeypatch.setattr(f"{room}.eligibility", nothing)
    assert "/pour-moi" not in (await site.visitor().get("/fr/demarches/apa-domicile")).text
    assert (await site.visitor().get("/fr/demarches/apa-domicile/pour-moi")).status_code == 404
    assert (await site.visitor().get("/fr/demarches/inconnue/pour-moi")).status_code == 404
