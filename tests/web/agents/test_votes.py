"""A session's votes recorded together by the campaign's page, once the campaign is closed."""

from __future__ import annotations

from datetime import UTC, datetime
from uuid import uuid4

import pytest

from catalogue.loader import catalogue
from domain.calendar import civil
from storage.engine.database import Database
from storage.engine.settings import Settings
from tests.api.campaign_counter import A_DAY, SLUG, CampaignCounter, campaign_plan
from tests.api.journeys import drafted
from tests.web.agents.desk import agent_of
from tests.web.conftest import opened_site


async def test_votes_are_recorded_together_once_the_campaign_is_closed(
    own_settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Too early is refused with its reason; then each request says what became of it."""
    monkeypatch.setitem(catalogue()._published, SLUG, (campaign_plan(),))
    worker = Database(own_settings, "worker", size=2)
    async with opened_site(own_settings) as site:
        here = CampaignCounter(counter=site.counter, worker=worker, now=datetime.now(UTC).replace(microsecond=0))
        anne, signatory = await site.counter.resident(), await site.counter.agent("acces", procedures=(SLUG,))
        campaign, draft = await here.planned(signatory), await drafted(anne, SLUG)
        await here.move(here.opens)
        dossier = await here.filed(anne, draft)
        await here.scored(dossier, 15, "1000.00")
        agent, at = await agent_of(site, "acces", SLUG), f"/fr/agents/campagnes/{campaign}"
        vote = {"session": "2099-01-04", "deliberation": "2099-12", f"vote.{dossier}": "adopted"}

        early = await agent.submit(at, at, vote)
        await here.move(here.closes + A_DAY)
        nothing = await agent.submit(at, at, {**vote, f"vote.{dossier}": ""})
        told = await agent.submit(
            at, at, {**vote, "session": civil(here.closes).isoformat(), f"vote.{uuid4()}": "rejected"}
        )

        assert (early.status_code, 'href="#votes"' in early.text) == (422, True)
        assert (nothing.status_code, "Nommez au moins un dossier" in nothing.text) == (422, True)
        assert "1 vote enregistré." in told.text
        assert "pas été déposé pendant la campagne" in told.text
        assert "adopté</td>" in (await agent.get(at)).text
    await worker.close()
