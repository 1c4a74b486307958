"""A paper that does not answer everything is a request: entered as it is, for every procedure, and its errors named."""

from __future__ import annotations

import asyncio
import re
from datetime import UTC, datetime, timedelta

from catalogue.loader import catalogue
from letters import making
from tests.api.journeys import new_key, story_of
from tests.web.agents.desk import agent_of
from tests.web.residents.visiting import said
from tests.web.visitors import Site

ABOUT = {
    "acte_name": "Yves Kerbrat",
    "acte_channel": "registered_mail",
    "acte_evidence": "1A 234 567 8901 2",
    "acte_effective": (datetime.now(UTC) - timedelta(days=3)).strftime("%Y-%m-%dT10:00"),
}
PAPER = "/fr/agents/papier/apa-domicile"


async def test_a_paper_that_answers_nothing_is_entered_for_every_procedure(site: Site) -> None:
    """Its pages open, its acknowledgement is made, and agents see how much is missing."""
    slugs = catalogue().slugs()
    agent = await agent_of(site, "accueil-papier", *slugs)
    api = await site.counter.agent("accueil-papier")
    received = (datetime.now(UTC) - timedelta(days=3)).isoformat()
    body = {"applicant": {"name": "Yves Kerbrat"}, "form": {}, "channel": "paper", "evidence": "timbre à date"}
    found = []
    for slug in slugs:
        if catalogue().plan(slug).campaign:
            continue
        paper = {**body, "procedure": slug, "effective": received}
        refused = await api.post("dossiers", json=paper, headers=new_key())
        entered = await api.post("dossiers", json={**paper, "incomplete": True}, headers=new_key())
        assert (refused.status_code, entered.status_code) == (422, 201), (slug, entered.text)
        at = f"/fr/agents/dossiers/{entered.json()['id']}"
        pages = [await agent.get(f"{at}{under}") for under in ("", "/formulaire", "/pieces", "/journal", "/avenir")]
        found += [(slug, page.url.path, page.status_code) for page in pages if page.status_code != 200]
        assert re.search(r"\d+ réponses? exigées? manque", said(pages[1].text)), slug
        told = making.of_entry(await story_of(site.counter, entered.json()["id"]), 1, "Yves Kerbrat")
        letter = await asyncio.to_thread(making.made, told, "acknowledgement")
        assert letter.pdf.startswith(b"%PDF")

    assert found == []


async def test_what_the_paper_says_must_be_right_all_the_same(site: Site) -> None:
    agent = await agent_of(site, "autonomie", "apa-domicile")
    wrong = {**ABOUT, "acte_incomplete": "1", "demandeur.date_naissance.day": "45"}

    page = await agent.submit(PAPER, PAPER, wrong)
    blank = await agent.submit(PAPER, PAPER, ABOUT)
    done = await agent.submit(PAPER, PAPER, {**ABOUT, "acte_incomplete": "1", "demandeur.nom_naissance": "Kerbrat"})

    assert page.status_code == 422
    assert blank.status_code == 422
    assert "je l'enregistre tel qu'il est" in said(blank.text)
    assert done.status_code == 303
    shown = await agent.get(f"{done.headers['location'].partition('?')[0]}/formulaire")
    assert "Kerbrat" in said(shown.text)


async def test_each_error_says_which_field_it_is_about_and_leads_there(site: Site) -> None:
    agent = await agent_of(site, "autonomie", "apa-domicile")

    empty = await agent.submit(PAPER, PAPER)

    summary = empty.text.partition('id="erreurs"')[2].partition("</ul>")[0]
    links = re.findall(r'<a href="#([^"]+)">(.*?)</a>', summary)
    assert {"acte_name", "acte_channel", "acte_effective", "acte_evidence"} <= {target for target, _ in links}
    assert all(f'id="{target}"' in empty.text for target, _ in links)
    assert all(" : " in said(words) for _, words in links), links
    assert "Nom et prénom de la personne : " in said(summary)
