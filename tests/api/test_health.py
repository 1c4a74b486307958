"""Readiness fails closed: each reason alone is enough, and is said."""

from __future__ import annotations

import base64
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import timedelta
from typing import Literal

import pytest
from sqlalchemy import text
from uuid_utils.compat import uuid7

from api import production, readiness
from api.services import Services
from storage.engine.database import Database
from storage.engine.legal_time import LegalClock
from storage.engine.settings import Settings
from tests.api.counter import OWNER, Counter


async def reasons(counter: Counter) -> set[str]:
    """What stands against readiness."""
    answer = await counter.client.get("/health/ready")
    return {one["code"] for one in answer.json().get("errors", [])}


@asynccontextmanager
async def changed(counter: Counter, do: str, undo: str) -> AsyncIterator[None]:
    """Something changed in the database for a while, by its owner."""
    async with counter.owner.transaction(OWNER) as connection:
        await connection.execute(text(do))
    yield
    async with counter.owner.transaction(OWNER) as connection:
        await connection.execute(text(undo))


async def test_live_says_that_the_process_answers(counter: Counter) -> None:
    assert (await counter.client.get("/health/live")).json() == {"status": "live"}


async def test_ready_when_everything_is_well(counter: Counter) -> None:
    answer = await counter.client.get("/health/ready")

    assert answer.status_code == 200, answer.text


async def test_an_examiner_without_walls_serves_nobody_in_production(
    counter: Counter, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What it could reach is said; elsewhere than in production it is only said by its walls."""
    services = counter.app.state.services
    assert await readiness.examiner_confined(services) == ""
    monkeypatch.setattr(readiness, "standing_walls", lambda: ("uid",))
    production = replace(services, settings=services.settings.model_copy(update={"mode": "production"}))
    assert "network, files" in await readiness.examiner_confined(production)
    assert await readiness.examiner_confined(services) == ""


async def test_a_schema_behind_the_code_is_not_ready(counter: Counter) -> None:
    behind = "UPDATE alembic_version SET version_num = 'x' || version_num"
    async with changed(counter, behind, "UPDATE alembic_version SET version_num = substr(version_num, 2)"):
        answer = await counter.client.get("/health/ready")

        assert answer.status_code == 503
        assert answer.json()["type"] == "/problems/not-ready"
        assert await reasons(counter) == {"database"}
    assert await reasons(counter) == set()


@pytest.mark.parametrize(
    ("do", "undo"),
    [
        ("ALTER TABLE account NO FORCE ROW LEVEL SECURITY", "ALTER TABLE account FORCE ROW LEVEL SECURITY"),
        ("ALTER TABLE journal DISABLE ROW LEVEL SECURITY", "ALTER TABLE journal ENABLE ROW LEVEL SECURITY"),
    ],
    ids=["not-forced", "disabled"],
)
async def test_a_wall_that_fell_is_not_ready(counter: Counter, do: str, undo: str) -> None:
    async with changed(counter, do, undo):
        assert await reasons(counter) == {"row_level_security"}


async def test_a_policy_that_shows_accounts_to_nobody_is_not_ready(counter: Counter) -> None:
    await counter.staff("agent")
    leak = "CREATE POLICY leak ON account FOR SELECT TO guichet_app USING (true)"
    async with changed(counter, leak, "DROP POLICY leak ON account"):
        assert await reasons(counter) == {"row_level_security"}


async def test_another_master_key_is_not_ready(counter: Counter, settings: Settings) -> None:
    """The addresses stay those of before: only what is sealed tells."""
    from_before = {f"{role}_database_url": settings.url_of(role) for role in ("app", "keys")}
    services: Services = counter.app.state.services
    key = await services.database.keys.create(uuid7())
    assert key is not None
    other = settings.model_copy(update=from_before | {"master_key": base64.b64encode(os.urandom(32)).decode()})
    other.__dict__.pop("master", None)
    database = Database(other, "app")
    moved = replace(services, settings=other, database=database)

    assert await readiness.keys_open(services) == ""
    assert "ne s'ouvrent pas" in await readiness.keys_open(moved)
    await database.close()


async def test_a_role_above_row_level_security_is_not_ready(counter: Counter) -> None:
    services: Services = counter.app.state.services

    assert "passe outre" in await readiness.walls_stand(replace(services, database=counter.owner))


@pytest.mark.parametrize("how", ["offset", "fixed"])
def test_in_production_a_moved_legal_clock_is_not_ready(how: Literal["offset", "fixed"]) -> None:
    moved = LegalClock(mode=how, ahead=timedelta(days=1), fixed_at=None)
    running = LegalClock(mode="runs", ahead=timedelta(0), fixed_at=None)

    assert "déplacée" in production.moved_in_production(moved, "production")
    assert production.moved_in_production(moved, "demonstration") == ""
    assert production.moved_in_production(running, "production") == ""


async def test_outside_tests_a_server_that_skips_time_is_not_ready(counter: Counter) -> None:
    """The run's own Temporal skips time; the same question to an address where nothing listens finds nothing wrong."""
    services: Services = counter.app.state.services
    nobody = services.settings.model_copy(update={"temporal_address": "127.0.0.1:9"})

    assert "saute le temps" in await readiness.time_does_not_skip(services)
    assert await readiness.time_does_not_skip(replace(services, settings=nobody)) == ""
