"""Legal time only goes forward, tells every open dossier when it is moved, and stays real in production."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta

import psycopg
import pytest
from sqlalchemy import text
from sqlalchemy.exc import ProgrammingError
from uuid_utils.compat import uuid7

from domain.actors import WORKER
from domain.calendar import Instant
from domain.silence import Settle
from migrations.upgrade import upgrade
from storage.engine.database import WORKING, Database
from storage.engine.legal_time import ClockRefused, legal_now, move_clock, read_clock
from storage.engine.settings import Settings
from storage.register.door import record
from tests.storage.filed import file, opened


@pytest.fixture
async def worker(settings: Settings) -> AsyncIterator[Database]:
    """The database as the worker reaches it."""
    async with opened(settings, "worker") as database:
        yield database


async def now(worker: Database) -> Instant:
    """The legal instant."""
    async with worker.transaction(WORKING) as connection:
        return await legal_now(connection)


async def test_an_offset_runs_with_the_real_clock_and_a_fixed_time_stands_still(worker: Database) -> None:
    start = await now(worker)
    await move_clock(worker, start + timedelta(days=1))
    moved = [await now(worker), await now(worker)]
    assert moved[0] < moved[1] < start + timedelta(days=1, minutes=1)

    at = moved[1] + timedelta(hours=1)
    await move_clock(worker, at, fixed=True)
    assert [await now(worker), await now(worker)] == [at, at]
    async with worker.transaction(WORKING) as connection:
        assert (await read_clock(connection)).mode == "fixed"
        assert (await connection.execute(text("SELECT clock_timestamp()"))).scalar_one() < at


async def test_it_never_goes_back(worker: Database, settings: Settings) -> None:
    """By the function, and by the database itself for whoever writes the row."""
    before = await now(worker)
    for fixed in (True, False):
        with pytest.raises(ClockRefused, match="vers l'avant"):
            await move_clock(worker, before - timedelta(seconds=5), fixed=fixed)
    with psycopg.connect(settings.database_url) as owner, pytest.raises(psycopg.errors.CheckViolation):
        owner.execute("UPDATE legal_clock SET mode = 'runs', ahead = '0', fixed_at = NULL")


async def test_nobody_who_serves_moves_it_once_the_database_is_one_of_production(own_settings: Settings) -> None:
    """A demonstration's database that becomes one of production is closed by its next migration."""
    async with opened(own_settings, "app") as app, opened(own_settings, "worker") as worker:
        await move_clock(app, await now(worker) + timedelta(days=1))
        upgrade(own_settings.model_copy(update={"mode": "production"}))
        for database in (app, worker):
            at = await now(worker) + timedelta(days=1)
            with pytest.raises(ProgrammingError, match="permission denied"):
                await move_clock(database, at)
            with pytest.raises(ProgrammingError, match="permission denied"):
                async with database.transaction(WORKING) as connection:
                    await connection.execute(text("UPDATE legal_clock SET mode = 'runs'"))


async def test_a_naive_instant_is_refused(worker: Database) -> None:
    with pytest.raises(ClockRefused):
        await move_clock(worker, datetime(2999, 1, 1))  # noqa: DTZ001 (that is what is refused)


async def test_moving_it_signals_every_open_dossier(worker: Database, settings: Settings) -> None:
    async with opened(settings, "app") as app:
        filed = await file(app)
    query = "SELECT count(*) FROM outbox WHERE kind = 'dossier' AND subject = %s"
    with psycopg.connect(settings.database_url) as owner:
        before = owner.execute(query, [str(filed.id)]).fetchone()
        await move_clock(worker, await now(worker) + timedelta(seconds=1), signal=False)
        silent = owner.execute(query, [str(filed.id)]).fetchone()
        await move_clock(worker, await now(worker) + timedelta(seconds=1))
        after = owner.execute(query, [str(filed.id)]).fetchone()

    assert (before, silent, after) == ((1,), (1,), (2,))


async def test_in_production_it_does_not_move(settings: Settings) -> None:
    production = settings.model_copy(update={"mode": "production"})
    async with opened(production, "worker") as database:
        with pytest.raises(ClockRefused, match="production"):
            await move_clock(database, datetime(2999, 1, 1, tzinfo=UTC))


async def test_an_entry_is_never_dated_before_the_one_it_follows(worker: Database, settings: Settings) -> None:
    """Even when the server's own clock went back: the dossier's last entry holds."""
    async with opened(settings, "app") as app:
        filed = await file(app)
    ahead = filed.at + timedelta(days=400)
    with psycopg.connect(settings.database_url) as owner:
        owner.execute("UPDATE dossier SET recorded_at = %s WHERE id = %s", [ahead, filed.id])
    after = await record(worker, filed.id, Settle(), WORKER, command_id=uuid7())

    assert after.at == ahead
    assert after.dossier.status == "implied_acceptance"
