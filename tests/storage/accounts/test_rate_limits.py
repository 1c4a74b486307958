"""Rate limits count together whatever process asks, give back evenly, and keep nobody's name."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta
from uuid import uuid4

import pytest
from sqlalchemy import text

from storage.accounts.rate_limits import Limit, Spent, spend, sweep
from storage.engine.database import Context, Database
from storage.engine.settings import Settings

ANONYMOUS = Context(audience="anonymous", subject=None)
FIVE = Limit("test|five", 5, timedelta(minutes=10))


@pytest.fixture
async def database(settings: Settings) -> AsyncIterator[Database]:
    """The database as the API reaches it."""
    opened = Database(settings, "app", size=8)
    yield opened
    await opened.close()


async def count(database: Database, *uses: Spent) -> int:
    """Count these uses, in a transaction of their own; the seconds to wait, 0 when they are admitted."""
    async with database.transaction(ANONYMOUS) as connection:
        reached = await spend(connection, database.settings.master, uses)
    return reached.seconds if reached else 0


async def test_five_are_admitted_then_one_waits_its_share_of_the_period(database: Database) -> None:
    whom = uuid4().hex

    waits = [await count(database, Spent(FIVE, whom)) for _ in range(6)]

    assert waits[:5] == [0] * 5
    assert 110 <= waits[5] <= 120


async def test_many_at_once_are_admitted_no_more_than_the_limit(database: Database) -> None:
    whom = uuid4().hex

    waits = await asyncio.gather(*(count(database, Spent(FIVE, whom)) for _ in range(20)))

    assert waits.count(0) == 5


async def test_one_share_of_the_period_gives_one_use_back(database: Database) -> None:
    whom = uuid4().hex
    for _ in range(6):
        await count(database, Spent(FIVE, whom))
    async with database.transaction(ANONYMOUS) as connection:
        await connection.execute(text("UPDATE rate_limit SET full_until = full_until - interval '2 minutes'"))

    assert [bool(await count(database, Spent(FIVE, whom))) for _ in range(2)] == [False, True]


async def test_a_clock_set_back_shuts_nobody_out(database: Database) -> None:
    """A bucket that the clock of before filled for a day, or a year, is full, and gives back as usual from now on."""
    for ago in (timedelta(days=1), timedelta(days=365), timedelta(minutes=11)):
        whom = uuid4().hex
        bucket = database.settings.master.fingerprint(whom, f"rate|{FIVE.name}")
        async with database.transaction(ANONYMOUS) as connection:
            filled = text("INSERT INTO rate_limit VALUES (:bucket, clock_timestamp() + CAST(:ago AS interval))")
            await connection.execute(filled, {"bucket": bucket, "ago": ago})

        waits = [await count(database, Spent(FIVE, whom)) for _ in range(3)]

        assert waits[0] == 0, ago
        assert all(110 <= wait <= 121 for wait in waits[1:]), ago


async def test_limits_and_people_are_counted_apart(database: Database) -> None:
    whom, other = uuid4().hex, Limit("test|other", 5, timedelta(minutes=10))
    for _ in range(5):
        await count(database, Spent(FIVE, whom))

    assert await count(database, Spent(other, whom)) == 0
    assert await count(database, Spent(FIVE, uuid4().hex)) == 0


async def test_the_first_limit_reached_refuses_the_whole(database: Database) -> None:
    whom, one = uuid4().hex, Limit("test|one", 1, timedelta(minutes=10))
    await count(database, Spent(one, whom))

    assert await count(database, Spent(FIVE, whom), Spent(one, whom)) > 500


async def test_nobody_is_named_and_empty_buckets_are_swept(database: Database) -> None:
    await count(database, Spent(FIVE, "anne@example.org"))
    async with database.transaction(ANONYMOUS) as connection:
        rows = (await connection.execute(text("SELECT * FROM rate_limit"))).all()
        await connection.execute(text("UPDATE rate_limit SET full_until = clock_timestamp() - interval '1 second'"))
        swept = await sweep(connection)

    assert "anne" not in str(rows)
    assert swept == len(rows)
