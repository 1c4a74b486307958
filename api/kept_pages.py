"""Pages that answered a form, kept for an hour; a network may have so many kept, and no more."""

from datetime import timedelta
from typing import Final
from uuid import UUID

from starlette.requests import Request

from api.services import ANONYMOUS, Services
from api.sign_in import limits
from storage.accounts import kept_pages
from storage.accounts.rate_limits import Limit, Spent, spend

PER_NETWORK: Final = Limit("kept-page|network", 600, timedelta(minutes=10))


async def keep(services: Services, request: Request, id_: UUID, content: bytes) -> bool:
    """Keep it; False when this network has had too many kept."""
    async with services.database.transaction(ANONYMOUS) as connection:
        if await spend(connection, services.master, [Spent(PER_NETWORK, limits.network(request))]):
            return False
        await kept_pages.keep(connection, services.master, id_, content)
    return True


async def kept(services: Services, id_: UUID) -> bytes | None:
    """The page of this identifier; None when there is none, or for too long. Raises Unreadable."""
    async with services.database.transaction(ANONYMOUS) as connection:
        return await kept_pages.kept(connection, services.master, id_)
