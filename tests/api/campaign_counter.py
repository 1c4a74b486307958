"""A counter whose clock moves, where access to documents is asked for in campaigns: a grant in miniature."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy.ext.asyncio import AsyncConnection

from catalogue.loader import catalogue
from domain.actors import Actor
from domain.calendar import Instant, civil
from domain.campaign import Campaign
from domain.plan import Plan
from domain.steps.assessment import Assess, Assessment
from domain.steps.completeness import Completeness
from domain.steps.decision import Decision
from domain.steps.notice import Notice
from domain.steps.vote import Vote
from storage.engine.database import Database
from storage.engine.legal_time import move_clock
from storage.engine.settings import Settings
from storage.register.campaigns import plan_campaign
from storage.register.door import record
from tests.api.conftest import opened_counter
from tests.api.counter import Counter, SignedIn
from tests.api.journeys import new_key, submitted

SLUG = "acces-documents"
A_DAY = timedelta(days=1)
A_YEAR = 365 * A_DAY


def campaign_plan() -> Plan:
    """The shipped form, and the steps of a grant that is ranked and voted."""
    steps = (Completeness(), Assessment(team="service"), Vote(), Decision(), Notice())
    more: dict[str, Any] = {"campaign": True, "rank_by": "/note", "amount_by": "/montant"}
    return replace(catalogue().plan(SLUG), steps=steps, **more)


@dataclass(slots=True)
class CampaignCounter:
    """The counter, its worker's database, and a campaign's dates: it opens tomorrow, for ten days."""

    counter: Counter
    worker: Database
    now: Instant

    @property
    def opens(self) -> Instant:
        """Its opening."""
        return self.now + A_DAY

    @property
    def closes(self) -> Instant:
        """Its closing."""
        return self.now + 11 * A_DAY

    def body(self, **changed: Any) -> dict[str, Any]:
        """What an agent sends to plan it."""
        said = {"procedure": SLUG, "title": "Hiver", "opens": self.opens.isoformat(), "budget": "30000.00"}
        session = civil(self.closes + 5 * A_DAY).isoformat()
        return said | {"closes": self.closes.isoformat(), "session": session} | changed

    async def move(self, at: Instant) -> None:
        """Stop the legal clock there."""
        await move_clock(self.worker, at, fixed=True, signal=False)

    async def planned(self, agent: SignedIn, **changed: Any) -> str:
        """A campaign planned; gives its id."""
        made = await agent.post("campaigns", json=self.body(**changed), headers=new_key())
        assert made.status_code == 201, made.text
        found: str = made.json()["id"]
        return found

    async def filed(self, person: SignedIn, draft: str) -> str:
        """A draft filed; gives the dossier."""
        found: str = (await submitted(person, draft, incomplete=True))["id"]
        return found

    async def scored(self, dossier: str, note: int, amount: str) -> None:
        """The assessment, with the score and the amount proposed."""
        agent = Actor(kind="agent", id=UUID(int=7), name="Anne Agent")
        findings = {"note": note, "montant": amount}
        await record(self.worker, UUID(dossier), Assess(findings=findings), agent, command_id=uuid4())


async def open_campaign(connection: AsyncConnection, procedure: str, opens: Instant, closes: Instant) -> Campaign:
    """A campaign planned by the operator, as `guichet campaign open` does."""
    of: dict[str, Any] = {"procedure": procedure, "title": "Année", "budget": Decimal("100000.00"), "by": None}
    return await plan_campaign(connection, **of, opens=opens, closes=closes, session=civil(closes + A_DAY))


@asynccontextmanager
async def opened_campaigns(settings: Settings, patch: pytest.MonkeyPatch) -> AsyncIterator[CampaignCounter]:
    """The counter, while the catalogue of this process publishes `campaign_plan`."""
    patch.setitem(catalogue()._published, SLUG, (campaign_plan(),))
    worker = Database(settings, "worker", size=2)
    async with opened_counter(settings) as counter:
        yield CampaignCounter(counter=counter, worker=worker, now=datetime.now(UTC).replace(microsecond=0))
    await worker.close()
