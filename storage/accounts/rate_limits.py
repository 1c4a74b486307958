"""Rate limits kept in PostgreSQL, so that every API process counts together (GCRA, on the real clock)."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.engine.master_key import MasterKey


@dataclass(frozen=True, slots=True)
class Limit:
    """At most `count` at once, given back evenly over `period`."""

    name: str
    count: int
    period: timedelta


@dataclass(frozen=True, slots=True)
class Spent:
    """One use of a limit by `whom` (an address, an account, "everybody"); kept as a fingerprint only."""

    limit: Limit
    whom: str


@dataclass(frozen=True, slots=True)
class Reached:
    """A limit that admits no more, and the whole seconds until it does."""

    limit: Limit
    seconds: int


# One statement: the bucket moves forward by one emission, unless that would exceed the burst it may hold. One that is
# fuller than a period was filled before the clock was set back: it is taken as full, or nobody would come in for days.
_SPEND = text(
    """
    WITH moment AS (SELECT clock_timestamp() AS now),
    moved AS (
        INSERT INTO rate_limit AS kept (bucket, full_until)
        SELECT :bucket, now + CAST(:emission AS interval) FROM moment
        ON CONFLICT (bucket) DO UPDATE
        SET full_until = least(greatest(kept.full_until, clock_timestamp()) + CAST(:emission AS interval),
                               clock_timestamp() + CAST(:period AS interval))
        WHERE greatest(kept.full_until, clock_timestamp()) + CAST(:emission AS interval)
              <= clock_timestamp() + CAST(:period AS interval)
           OR kept.full_until > clock_timestamp() + CAST(:period AS interval) + CAST(:slack AS interval)
        RETURNING 1
    )
    SELECT EXISTS (SELECT 1 FROM moved) AS admitted,
           (SELECT extract(epoch FROM full_until + CAST(:emission AS interval) - CAST(:period AS interval)
                           - clock_timestamp()) FROM rate_limit WHERE bucket = :bucket) AS wait
    """
)


SLACK = timedelta(seconds=5)
"""What the clock may be put back by without anybody noticing."""


async def spend(connection: AsyncConnection, master: MasterKey, uses: Sequence[Spent]) -> Reached | None:
    """Count these uses, and give the first limit that does not admit them; None when all do.

    The count stops at the first limit reached; the caller commits whatever the answer is.
    """
    for use in uses:
        values = {
            "bucket": master.fingerprint(use.whom, f"rate|{use.limit.name}"),
            "emission": use.limit.period / use.limit.count,
            "period": use.limit.period,
            "slack": SLACK,
        }
        row = (await connection.execute(_SPEND, values)).one()
        if not row.admitted:
            return Reached(use.limit, max(1, math.ceil(row.wait or 0)))
    return None


async def sweep(connection: AsyncConnection) -> int:
    """Forget buckets that are empty again; how many."""
    return (await connection.execute(text("DELETE FROM rate_limit WHERE full_until < clock_timestamp()"))).rowcount
