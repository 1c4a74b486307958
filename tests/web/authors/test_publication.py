"""An author reads what a new version would do, asks for it; another one publishes. Nobody does both."""

from __future__ import annotations

import re

from catalogue.loader import Catalogue
from storage.engine.settings import Settings
from tests.web.agents.test_future import MARK, ROW
from tests.web.authors.begun import SLUG, begun_version
from tests.web.conftest import opened_site
from tests.web.visitors import Site, Visitor

written = begun_version


async def author(site: Site) -> Visitor:
    """An administrator signed in."""
    return await site.staff(await site.counter.staff("administrator"))


async def test_two_authors_publish_a_version(settings: Settings, written: Catalogue) -> None:
    """The report is read before asking; who asked cannot publish; the version is then kept, once."""
    async with opened_site(settings) as site:
        site.counter.app.state.written = written
        one, other = await author(site), await author(site)
        page = f"/fr/auteurs/{SLUG}"
        assert "à publier" in (await one.get("/fr/auteurs/")).text
        measured = await one.submit(page, f"{page}/impact")
        report = measured.headers["location"]
        assert "Loi du dépôt" in (await one.get(report)).text

        asked = await one.submit(report, f"{page}/publication/demande")
        alone = await one.submit(page, f"{page}/publication")
        done = await other.submit(page, f"{page}/publication")
        again = await other.submit(page, f"{page}/publication")

        assert asked.status_code == 303, asked.text
        assert alone.status_code == 409
        assert "une autre personne" in alone.text
        assert done.status_code == 303, done.text
        assert again.status_code == 409
        assert (written.procedures / SLUG / "published" / "3.json").exists()
        assert [plan.version for plan in written.published(SLUG)] == [1, 2, 3]


async def test_a_version_changed_after_its_report_is_not_asked_for(settings: Settings, written: Catalogue) -> None:
    """What was read is what is published."""
    async with opened_site(settings) as site:
        site.counter.app.state.written = written
        one = await author(site)
        page = f"/fr/auteurs/{SLUG}"
        report = (await one.submit(page, f"{page}/impact")).headers["location"]
        file = written.procedures / SLUG / "procedure.toml"
        file.write_text(file.read_text(encoding="utf-8").replace("2027-03-01", "2027-04-01"), encoding="utf-8")

        asked = await one.submit(report, f"{page}/publication/demande")

        assert asked.status_code == 409
        assert "modifiée depuis ce rapport" in asked.text


async def test_the_workshop_is_for_authors(site: Site) -> None:
    """Nobody else reads it, not even signed in elsewhere."""
    resident = await site.resident()

    assert (await site.visitor().get("/fr/auteurs/")).headers["location"] == "/fr/auteurs/connexion?suite=/fr/auteurs/"
    assert (await resident.get("/fr/auteurs/")).status_code == 403


async def test_every_case_is_drawn_in_time(site: Site) -> None:
    """Each worked case has its drawing, which tells the days of its table, and what the kernel makes of it."""
    one = await author(site)

    listed = await one.get(f"/fr/auteurs/{SLUG}/cas")
    names = re.findall(rf'href="(/fr/auteurs/{SLUG}/cas/[^"]+)"', listed.text)

    assert len(names) >= 8
    for name in names:
        page = (await one.get(name)).text
        assert MARK.findall(page) == ROW.findall(page) != []
        assert "Le noyau donne tout ce que ce cas attend." in page


async def test_a_case_that_the_kernel_tells_otherwise_says_so(settings: Settings, written: Catalogue) -> None:
    """What is expected, when, and what is given: in the reader's language."""
    file = written.procedures / SLUG / "cases.toml"
    text, wrong = file.read_text(encoding="utf-8"), 'status = "granted"'
    file.write_text(text.replace('status = "implied_rejection"', wrong, 1), encoding="utf-8")
    async with opened_site(settings) as site:
        site.counter.app.state.written = written
        one = await author(site)
        names = re.findall(rf'href="/fr(/auteurs/{SLUG}/cas/[^"]+)"', (await one.get(f"/fr/auteurs/{SLUG}/cas")).text)
        pages = [(await one.get(f"/en{name}")).text for name in names]

    told = [page for page in pages if "What the kernel gives otherwise" in page]
    assert len(told) == 1
    assert "the kernel gives" in told[0]
    assert "implied_rejection" in told[0]
