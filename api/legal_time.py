"""Legal time, for who shows it or works by it; a demonstration lets it pass."""

from datetime import timedelta

from api.services import ANONYMOUS, Services
from domain.calendar import Instant
from storage.engine import legal_time
from storage.engine.legal_time import ClockRefused

FURTHEST = timedelta(days=3660)


async def legal_now(services: Services) -> Instant:
    """The legal instant."""
    async with services.database.transaction(ANONYMOUS) as connection:
        return await legal_time.legal_now(connection)


async def next_due(services: Services) -> Instant | None:
    """In a demonstration, when something next becomes due in any open request: a date, and nothing of whose it is."""
    async with services.database.transaction(ANONYMOUS) as connection:
        return await legal_time.next_due(connection)


async def let_pass(services: Services, to: Instant) -> None:
    """Move legal time forward. Raises ClockRefused, for the past and for what is too far."""
    if to > await legal_now(services) + FURTHEST:
        raise ClockRefused(f"Trop loin : {to}.")
    await legal_time.move_clock(services.database, to)
