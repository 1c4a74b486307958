"""Legal time: one clock per database, which runs, has an offset, or is fixed, and only goes forward.

Acts, delays, mandates and retention use it. Sessions, codes, tokens and rate limits use the real clock.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Literal

from sqlalchemy import text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.calendar import Instant
from storage.engine.database import WORKING, Database

Mode = Literal["runs", "offset", "fixed"]


class ClockRefused(ValueError):
    """The legal clock cannot be set so."""


@dataclass(frozen=True, slots=True)
class LegalClock:
    """How legal time runs here: `ahead` of the real clock, or stopped at `fixed_at` (UTC)."""

    mode: Mode
    ahead: timedelta
    fixed_at: Instant | None


async def legal_now(connection: AsyncConnection) -> Instant:
    """The legal instant, in UTC, at this very moment of the transaction."""
    return _utc((await connection.execute(text("SELECT legal_now()"))).scalar_one())


async def next_due(connection: AsyncConnection) -> Instant | None:
    """In a demonstration, when something next becomes due in any open dossier: nothing of whose it is."""
    found: Instant | None = (await connection.execute(text("SELECT next_legal_due()"))).scalar_one()
    return found


async def read_clock(connection: AsyncConnection) -> LegalClock:
    """How legal time runs in this database."""
    row = (await connection.execute(text("SELECT mode, ahead, fixed_at FROM legal_clock"))).one()
    return LegalClock(row.mode, row.ahead, _utc(row.fixed_at) if row.fixed_at else None)


async def move_clock(database: Database, to: Instant, *, fixed: bool = False, signal: bool = True) -> None:
    """Move legal time forward to `to`, then let it run from there (or stay there when `fixed`).

    Every open dossier, live mandate and campaign is signalled in the same transaction, unless a test that skips
    Temporal's own time says otherwise. Raises ClockRefused in production, or towards the past.
    """
    if database.settings.mode == "production":
        raise ClockRefused("En production, le temps légal ne se déplace pas : il suit l'horloge réelle.")
    if to.tzinfo is None:
        raise ClockRefused("L'instant légal doit porter son décalage avec UTC.")
    move = text("SELECT move_legal_clock(:at, :fixed, :signal)")
    try:
        async with database.transaction(WORKING) as connection:
            await connection.execute(move, {"at": to, "fixed": fixed, "signal": signal})
    except IntegrityError as error:
        raise ClockRefused(f"Le temps légal n'avance que vers l'avant : il est déjà passé le {to}.") from error
    database.nudge()


def _utc(instant: datetime) -> Instant:
    return instant.astimezone(UTC)
