"""The walls of campaigns and of published grants: who sees them, who adds them, who changes them."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from uuid import UUID

import psycopg
import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from uuid_utils.compat import uuid7

from domain.campaign import Campaign
from domain.refusals import Refused
from storage.accounts.accounts import Unknown
from storage.engine.database import WORKING, Context, Database
from storage.engine.settings import Settings
from storage.register import campaigns
from tests.storage.filed import opened

NOW = datetime.now(UTC)


@pytest.fixture
async def app(settings: Settings) -> AsyncIterator[Database]:
    """The database as the API reaches it; the group « sub » serves `essai-sub`."""
    with psycopg.connect(settings.database_url) as owner:
        owner.execute("INSERT INTO agent_group VALUES ('sub', 'SUB') ON CONFLICT DO NOTHING")
        owner.execute("INSERT INTO group_procedure VALUES ('sub', 'essai-sub') ON CONFLICT DO NOTHING")
    async with opened(settings, "app") as database:
        yield database
    with psycopg.connect(settings.database_url) as owner:
        owner.execute("DELETE FROM campaign")


def agent(*groups: str) -> Context:
    """An agent of those groups."""
    return Context(audience="agent", subject=uuid7(), groups=groups)


async def planned(database: Database, context: Context, *, by: UUID | None = None, days: int = 1) -> Campaign:
    """A campaign of ten days that opens in so many days."""
    opens = NOW + timedelta(days=days)
    async with database.transaction(context) as connection:
        return await campaigns.plan_campaign(
            connection,
            procedure="essai-sub",
            title="Essai",
            opens=opens,
            closes=opens + timedelta(days=10),
            session=(opens + timedelta(days=20)).date(),
            budget=Decimal("100.00"),
            by=by or context.subject,
        )


async def test_agents_of_a_group_that_serves_it_see_and_plan_a_campaign(app: Database) -> None:
    made = await planned(app, agent("sub"))
    async with app.transaction(agent("sub")) as connection:
        assert await campaigns.read(connection, made.id) == made


@pytest.mark.parametrize("audience", ["agent", "resident", "mediator", "system", "administrator", "worker", ""])
async def test_nobody_else_sees_it_but_its_dates(app: Database, audience: str) -> None:
    """An agent of another group, anybody: the dates by the function, and nothing of the row."""
    made = await planned(app, agent("sub"))
    other = Context(audience=audience, subject=uuid7(), groups=("pmi",), procedures=("essai-sub",))
    async with app.transaction(other) as connection:
        assert [one.title for one in await campaigns.windows(connection, "essai-sub")] == ["Essai"]
        assert await campaigns.every(connection) == []
        with pytest.raises(Unknown):
            await campaigns.read(connection, made.id)


async def test_nobody_plans_for_another_s_procedure_nor_in_another_s_name(app: Database) -> None:
    for context, by in ((agent("pmi"), None), (Context(audience="resident", subject=uuid7()), None)):
        with pytest.raises(DBAPIError, match="row-level security"):
            await planned(app, context, by=by)
    with pytest.raises(DBAPIError, match="row-level security"):
        await planned(app, agent("sub"), by=uuid7())


async def test_a_campaign_is_not_edited_and_the_worker_notes_only_what_was_told(
    app: Database, settings: Settings
) -> None:
    made = await planned(app, agent("sub"))
    change = text("UPDATE campaign SET closes = closes + interval '1 day'")
    async with opened(settings, "worker") as worker:
        for database, context in ((app, agent("sub")), (worker, WORKING)):
            async with database.transaction(context) as connection:
                with pytest.raises(DBAPIError, match="permission denied"):
                    await connection.execute(change)
        async with worker.transaction(WORKING) as connection:
            for _ in range(2):
                await campaigns.note_told(connection, made.id, "opened")
            assert (await campaigns.read(connection, made.id)).told == ("opened",)


async def test_two_campaigns_of_a_procedure_do_not_overlap(app: Database) -> None:
    await planned(app, agent("sub"))
    await planned(app, agent("sub"), days=11)
    with pytest.raises(Refused, match="ne se recouvrent pas"):
        await planned(app, agent("sub"), days=20)


@pytest.mark.parametrize("act", ["INSERT INTO granted_row VALUES (NULL)", "UPDATE granted_row SET seq = 1"])
async def test_published_grants_are_read_by_anybody_and_written_by_the_worker_alone(app: Database, act: str) -> None:
    async with app.transaction(Context(audience="anonymous", subject=None)) as connection:
        await connection.execute(text("SELECT count(*) FROM granted_row"))
        with pytest.raises(DBAPIError, match="permission denied"):
            await connection.execute(text(act))
