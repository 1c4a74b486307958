"""Is a day of the access log as it was written? The chain is recomputed here, away from the database that made it."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.engine.database import WORKING, Database

_DAYS = "SELECT day FROM access_head ORDER BY day"
# The end and the lines in one statement, so in one snapshot: a reading noted meanwhile is in both or in neither.
_DAY = """
    SELECT h.seq AS last, h.hash AS head, l.day, l.seq, l.at, l.dossier, l.audience, l.actor, l.mandate, l.what,
           l.object, l.prev_hash, l.hash
    FROM access_head h LEFT JOIN access_log l ON l.day = h.day WHERE h.day = :day ORDER BY l.seq
"""


class Line(NamedTuple):
    """A reading as it was written. `at` is on the real clock."""

    day: date
    seq: int
    at: datetime
    dossier: UUID
    audience: str
    actor: UUID | None
    mandate: UUID | None
    what: str
    object: str
    prev_hash: bytes
    hash: bytes

    def computed_hash(self) -> bytes:
        """The hash that this line must have: what `note_reading()` makes in the database."""
        at = self.at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
        said = (self.day, self.seq, at, self.dossier, self.audience, self.actor or "", self.mandate or "", self.what)
        return hashlib.sha256("|".join(map(str, (*said, self.object, self.prev_hash.hex()))).encode()).digest()


@dataclass(frozen=True, slots=True, kw_only=True)
class Day:
    """One civil day of readings: `broken_at` is the first line that is not as it was written, None when all are."""

    day: date
    lines: int
    broken_at: int | None


def first_break(day: date, lines: Sequence[Line], last: int, head: bytes) -> int | None:
    """The first line that breaks the day's chain, whose end was `last` with the hash `head`."""
    before = hashlib.sha256(f"access_log|{day}".encode()).digest()
    for seq, line in enumerate(lines, start=1):
        if (line.day, line.seq, line.prev_hash) != (day, seq, before) or line.hash != line.computed_hash():
            return seq
        before = line.hash
    return None if (len(lines), before) == (last, head) else len(lines) + 1


async def verify_days(database: Database, day: date | None = None) -> list[Day]:
    """Verify one day of the access log, or all, as the worker."""
    async with database.transaction(WORKING) as connection:
        days = [day] if day is not None else list((await connection.execute(text(_DAYS))).scalars())
        return [found for one in days if (found := await _verify(connection, one)) is not None]


async def _verify(connection: AsyncConnection, day: date) -> Day | None:
    rows = (await connection.execute(text(_DAY), {"day": day})).all()
    if not rows:
        return None
    lines = [Line(*row[2:]) for row in rows if row[3] is not None]
    return Day(day=day, lines=len(lines), broken_at=first_break(day, lines, rows[0].last, bytes(rows[0].head)))
