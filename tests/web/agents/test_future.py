"""What becomes of a request if nobody acts: drawn, told in a table that says the same, imagined otherwise; forecast."""

from __future__ import annotations

import re
from datetime import timedelta

from domain.calendar import civil
from storage.engine.legal_time import legal_now
from tests.api.counter import OWNER
from tests.api.journeys import filed
from tests.web.agents.desk import agent_of
from tests.web.visitors import Site

MARK = re.compile(r'<text class="frise__number[^"]*"[^>]*>(\d+)</text>')
ROW = re.compile(r'<th scope="rowgroup" rowspan="\d+">(\d+)</th>')


async def _in(site: Site, days: int) -> str:
    """A day to come by the legal clock, which another test may have moved ahead of ours."""
    async with site.counter.owner.transaction(OWNER) as connection:
        return (civil(await legal_now(connection)) + timedelta(days=days)).isoformat()


async def test_the_drawing_and_its_table_tell_the_same_days(site: Site) -> None:
    anne = await site.counter.resident()
    made = await filed(anne, "acces-documents")
    agent = await agent_of(site, "acces", "acces-documents")

    page = (await agent.get(f"/fr/agents/dossiers/{made['id']}/avenir")).text

    assert MARK.findall(page) == ROW.findall(page) != []
    assert "Rejetée par le silence" in page
    assert "<title id=" in page
    assert "<desc id=" in page
    assert "style=" not in page
    assert (await anne.get(f"dossiers/{made['id']}")).json()["version"] == made["version"]


async def test_an_imagined_act_changes_the_end(site: Site) -> None:
    anne = await site.counter.resident()
    made = await filed(anne, "acces-documents")
    agent = await agent_of(site, "acces", "acces-documents")
    at = f"/fr/agents/dossiers/{made['id']}/avenir"

    withdrawn = await agent.get(f"{at}?acte=withdraw&le={await _in(site, 3)}")
    too_far = await agent.get(f"{at}?acte=withdraw&le=2198-01-01")
    unread = await agent.get(f"{at}?acte=withdraw&le=demain")

    assert "<strong>Retirée</strong>" in withdrawn.text
    assert (too_far.status_code, "après la fin du récit" in too_far.text) == (422, True)
    assert (unread.status_code, 'href="#le"' in unread.text) == (422, True)


async def test_the_forecast_says_what_silence_will_decide(site: Site) -> None:
    anne = await site.counter.resident()
    reference = (await filed(anne, "acces-documents"))["reference"]
    agent = await agent_of(site, "acces", "acces-documents")

    near = await agent.get("/fr/agents/previsions")
    wrong = await agent.get("/fr/agents/previsions?le=2001-01-01")

    assert reference in (await agent.get(f"/fr/agents/previsions?le={await _in(site, 60)}")).text
    assert near.status_code == 200
    assert (wrong.status_code, 'href="#le"' in wrong.text) == (422, True)
