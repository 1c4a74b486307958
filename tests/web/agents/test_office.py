"""The rest of an agent's day: papers, incidents, campaigns, the keyboard."""

from __future__ import annotations

import html
import re
from datetime import UTC, datetime, timedelta
from uuid import UUID

from api.offer import form_of
from catalogue.loader import catalogue
from storage.engine.database import WORKING, Database
from storage.engine.legal_time import legal_now
from storage.register.incidents import open_incident
from tests.api.journeys import example, filed
from tests.web.agents.desk import agent_of
from tests.web.forms.browsing import drawn
from tests.web.visitors import Site, hidden
from web.forms.showing import shown_page

PAPER = "/fr/agents/papier/acces-documents"


def _filled() -> dict[str, list[str]]:
    """The form of an access to documents, as a browser posts it filled in."""
    content = example("acces-documents")["form"]
    page = drawn(shown_page(form_of(catalogue().plan("acces-documents")), None, content, translate=str))
    posted: dict[str, list[str]] = {}
    for name, value in page.posted().multi_items():
        posted.setdefault(name, []).append(value)
    return posted


async def test_a_paper_filing_runs_from_its_reception(site: Site) -> None:
    agent = await agent_of(site, "acces", "acces-documents")
    received = datetime.now(UTC) - timedelta(days=3)
    about = {
        "acte_name": "Yves Kerbrat",
        "acte_channel": "registered_mail",
        "acte_evidence": "1A 234 567 8901 2",
        "acte_effective": received.strftime("%Y-%m-%dT10:00"),
    }

    missing = await agent.submit(PAPER, PAPER, _filled())
    done = await agent.submit(PAPER, PAPER, {**_filled(), **about})

    assert (missing.status_code, 'href="#acte_effective"' in missing.text) == (422, True)
    assert done.status_code == 303, done.text
    page = (await agent.get(f"{done.headers['location'].partition('?')[0]}/journal")).text
    assert "Yves Kerbrat" not in page
    assert re.search(rf"\b{received.day}(er)? [a-zéû]+ {received.year} à 10 h 00", page)


async def test_an_old_paper_is_confirmed_before_it_is_entered_and_its_date_corrected_by_its_act(site: Site) -> None:
    """The box to confirm comes with the refusal; nothing typed is lost; the act then dates the filing anew."""
    agent = await agent_of(site, "acces", "acces-documents")
    old = datetime.now(UTC) - timedelta(days=400)
    about = {
        "acte_name": "Yves Kerbrat",
        "acte_channel": "paper",
        "acte_evidence": "Tampon",
        "acte_effective": old.strftime("%Y-%m-%dT10:00"),
    }

    doubted = await agent.submit(PAPER, PAPER, {**_filled(), **about})
    entered = await agent.submit(PAPER, PAPER, {**_filled(), **about, "acte_confirmed": "true"})

    assert (doubted.status_code, 'name="acte_confirmed"' in doubted.text) == (409, True)
    assert 'value="Yves Kerbrat"' in doubted.text
    assert entered.status_code == 303, entered.text
    dossier = entered.headers["location"].partition("?")[0]
    right = {
        "acte_of": "filing",
        "acte_effective": (datetime.now(UTC) - timedelta(days=3)).strftime("%Y-%m-%dT10:00"),
        "acte_channel": "paper",
        "acte_evidence": "Tampon, relu",
    }
    at = f"{dossier}/actes/correct_date"
    corrected = await agent.submit(at, at, right)
    assert corrected.status_code == 303, corrected.text
    assert "La date de réception de la demande est corrigée" in (await agent.get(f"{dossier}/journal")).text


async def test_a_reader_enters_no_paper_and_a_stranger_finds_none(site: Site) -> None:
    reader = await agent_of(site, "acces", "acces-documents", role="reader")
    stranger = await agent_of(site, "enfance", "agrement-assistant-maternel")

    assert PAPER not in (await reader.get("/fr/agents/papier")).text
    assert (await reader.get(PAPER)).status_code == 404
    assert (await stranger.get(PAPER)).status_code == 404


async def test_an_incident_is_closed_by_its_button(site: Site) -> None:
    anne = await site.counter.resident()
    made = await filed(anne, "acces-documents")
    worker = Database(site.counter.settings, "worker", size=1)
    async with worker.transaction(WORKING) as connection:
        at = await legal_now(connection)
        await open_incident(connection, UUID(made["id"]), 1, "letter:acknowledgement", code="unrenderable", at=at)
    await worker.close()
    agent = await agent_of(site, "acces", "acces-documents")

    page = (await agent.get("/fr/agents/incidents")).text
    assert "Son modèle n'a pas pu être rempli." in html.unescape(page)
    action = re.search(rf'{made["reference"]}.*?action="([^"]+/incidents/[0-9a-f-]{{36}})"', page, re.DOTALL)
    assert action is not None
    closed = await agent.submit("/fr/agents/incidents", action[1])

    assert closed.headers["location"] == "/fr/agents/incidents?dit=incident"
    assert made["reference"] not in (await agent.get("/fr/agents/incidents")).text


async def test_a_reason_without_words_is_no_bare_code(site: Site) -> None:
    """What a library calls its error is for whoever runs the counter, and the page says so."""
    anne = await site.counter.resident()
    made = await filed(anne, "acces-documents")
    async with Database(site.counter.settings, "worker", size=1) as worker, worker.transaction(WORKING) as connection:
        at = await legal_now(connection)
        await open_incident(connection, UUID(made["id"]), 1, "tell:filed", code="SomeError", at=at)
    agent = await agent_of(site, "acces", "acces-documents")

    row = (await agent.get("/fr/agents/incidents")).text.partition(made["reference"])[2].partition("</tr>")[0]

    assert "dites ce code à qui le fait fonctionner. <code>SomeError</code>" in html.unescape(row)


async def test_an_incident_is_done_again_by_its_button(site: Site) -> None:
    anne = await site.counter.resident()
    made = await filed(anne, "acces-documents")
    worker = Database(site.counter.settings, "worker", size=1)
    async with worker.transaction(WORKING) as connection:
        at = await legal_now(connection)
        await connection.exec_driver_sql(
            "UPDATE effect SET status = 'failed' WHERE dossier = %(one)s AND kind = 'letter:acknowledgement'",
            {"one": UUID(made["id"])},
        )
        await open_incident(connection, UUID(made["id"]), 1, "letter:acknowledgement", code="unrenderable", at=at)
    await worker.close()
    agent = await agent_of(site, "acces", "acces-documents")

    page = (await agent.get("/fr/agents/incidents")).text
    action = re.search(rf'{made["reference"]}.*?action="([^"]+/refaire)"', page, re.DOTALL)
    assert action is not None
    again = await agent.submit("/fr/agents/incidents", action[1])

    assert again.headers["location"] == "/fr/agents/incidents?dit=refaire"
    assert made["reference"] not in (await agent.get("/fr/agents/incidents")).text


async def test_a_campaign_is_planned_ranked_and_voted_only_once_closed(site: Site) -> None:
    agent = await agent_of(site, "associations", "subvention-associations")
    at, soon = "/fr/agents/campagnes", datetime.now(UTC) + timedelta(days=800)
    dates = {"opens": soon.strftime("%Y-%m-%dT09:00"), "closes": (soon + timedelta(days=9)).strftime("%Y-%m-%dT18:00")}
    fields = {**dates, "procedure": "subvention-associations", "title": "Hiver", "budget": "30000.00"}

    wrong = await agent.submit(at, at, {**fields, "session": "bientôt"})
    made = await agent.submit(at, at, {**fields, "session": (soon + timedelta(days=30)).date().isoformat()})
    page = await agent.get(made.headers["location"])

    assert (wrong.status_code, 'href="#session"' in wrong.text, 'value="Hiver"' in wrong.text) == (422, True, True)
    assert "La campagne est prévue." in page.text
    assert "Aucune demande dans cette campagne." in page.text
    assert "Hiver" in (await agent.get(at)).text


async def test_shortcuts_can_be_turned_off(site: Site) -> None:
    """WCAG 2.1.4: shortcuts of one character are turned off by a button, which needs no script."""
    agent = await agent_of(site, "acces", "acces-documents")
    at = "/fr/agents/clavier"

    before = (await agent.get(at)).text
    await agent.post(at, {**hidden(before), "raccourcis": "non"})
    after = (await agent.get(at)).text
    await agent.post(at, {**hidden(after), "raccourcis": "oui"})

    assert "agents.js" in before
    assert "agents.js" not in after
    assert "agents.js" in (await agent.get("/fr/agents/")).text
