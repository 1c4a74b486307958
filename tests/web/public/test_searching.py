"""Looking for a procedure: any word, the best first, by the words that people have; and none that nobody receives."""

from __future__ import annotations

import pytest
from sqlalchemy import text

from catalogue.loader import catalogue
from cli.checks.database import served
from cli.story.people import groups_of_everything
from tests.api.counter import OWNER
from tests.api.journeys import drafted, submitted
from tests.web.residents.visiting import said
from tests.web.visitors import Site
from web.public.searching import ranked
from web.site.languages import Code

SLUG = "permission-voirie"


@pytest.mark.parametrize(
    ("asked", "first"),
    [
        ("aide pour ma mère", "apa-domicile"),
        ("aide ménagère", "apa-domicile"),
        ("maison de retraite", "aide-sociale-hebergement"),
        ("Nounou", "agrement-assistant-maternel"),
        ("place de parking handicapé", "cmi"),
        ("je ne peux plus payer mon loyer", "fsl"),
        ("bus scolaire", "transport-eleves-handicapes"),
        ("le RSA me demande un trop-percu", "rapo-rsa"),
        ("poser un échafaudage sur la route", "permission-voirie"),
        ("argent pour mon club de sport", "subvention-associations"),
        ("AAH", "mdph"),
    ],
)
def test_the_best_comes_first(asked: str, first: str) -> None:
    assert ranked(catalogue().slugs(), asked, "fr")[0] == first


@pytest.mark.parametrize(
    ("code", "asked", "first"),
    [
        ("en", "help for my mother", "apa-domicile"),
        ("en", "blue badge", "cmi"),
        ("br", "ti-retred", "aide-sociale-hebergement"),
        ("br", "nounou", "agrement-assistant-maternel"),
    ],
)
def test_in_the_readers_language_or_in_french(code: Code, asked: str, first: str) -> None:
    assert ranked(catalogue().slugs(), asked, code)[0] == first


@pytest.mark.parametrize("asked", ["", "   ", "de la", "xylophone", "«»", "0" * 500])
def test_what_says_nothing_finds_nothing(asked: str) -> None:
    assert ranked(catalogue().slugs(), asked, "fr") == ()


async def test_the_page_shows_them_in_that_order(site: Site) -> None:
    page = (await site.visitor().get("/fr/demarches", params={"q": "aide ménagère"})).text

    links = [part.split('"')[0] for part in page.split('href="/fr/demarches/')[1:]]
    assert links[0] == "apa-domicile"
    assert "aide-sociale-hebergement" in links


async def test_what_no_group_serves_is_not_offered_and_administrators_are_told(site: Site) -> None:
    anne, visitor = await site.counter.resident(), await site.resident()
    administrator = await site.staff(await site.counter.staff("administrator"))
    system = await site.counter.system(f"{SLUG}:deposit")
    async with site.counter.owner.transaction(OWNER) as connection:
        await connection.execute(text("DELETE FROM group_procedure WHERE procedure = :slug"), {"slug": SLUG})

    listed = {one["slug"] for one in (await site.counter.client.get("/v1/public/procedures")).json()}
    pages = [(await visitor.get(path)).text for path in ("/fr/", "/fr/demarches", "/fr/demarches?q=voirie")]
    alone = await visitor.get(f"/fr/demarches/{SLUG}")
    begun = await anne.post("drafts", json={"procedure": SLUG})
    prepared = await system.post("deposits", json={"procedure": SLUG, "applicant": {"name": "A", "email": "a@b.fr"}})
    told = await administrator.get("/fr/auteurs/")

    assert SLUG not in listed
    assert all(f'href="/fr/demarches/{SLUG}"' not in page for page in pages)
    assert "/commencer" not in alone.text
    assert "aucun service ne l'y reçoit" in said(alone.text)
    assert (await visitor.get(f"/fr/demarches/{SLUG}/commencer")).status_code == 403
    assert {begun.json()["type"], prepared.json()["type"]} == {"/problems/procedure-not-offered"}
    assert "Aucun groupe d'agents ne reçoit ces démarches" in said(told.text)
    assert SLUG in served(site.counter.settings).detail


async def test_a_draft_begun_before_is_filed_all_the_same(site: Site) -> None:
    """The right to file does not wait for our groups."""
    anne = await site.counter.resident()
    draft = await drafted(anne, SLUG)
    async with site.counter.owner.transaction(OWNER) as connection:
        await connection.execute(text("DELETE FROM group_procedure WHERE procedure = :slug"), {"slug": SLUG})

    filed = await submitted(anne, draft, incomplete=True)

    assert filed["reference"]


def test_in_the_demonstration_every_procedure_has_its_group() -> None:
    served_there = [slug for _, procedures in groups_of_everything().values() for slug in procedures]

    assert sorted(served_there) == sorted(catalogue().slugs())
