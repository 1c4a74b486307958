"""Rate limits of what anybody may call: per account, per network, and for everybody together."""

from __future__ import annotations

from datetime import timedelta
from ipaddress import IPv6Address, ip_address

from starlette.requests import Request

from api import problem_types as types
from api.problems import Problem
from api.services import ANONYMOUS, Services
from domain.worded import Counted, Sentence
from storage.rate_limits import Limit, Spent, spend

HOUR = timedelta(hours=1)
CODE_PER_ADDRESS = Limit("code|address", 6, HOUR)
CODE_PER_NETWORK = Limit("code|network", 120, timedelta(minutes=10))
CODE_FOR_ALL = Limit("code|all", 1200, timedelta(minutes=1))
TRY_PER_NETWORK = Limit("try|network", 240, timedelta(minutes=10))
PASSWORD_PER_ACCOUNT_AND_NETWORK = Limit("password|account+network", 8, timedelta(minutes=10))
PASSWORD_PER_ACCOUNT = Limit("password|account", 60, HOUR)
PASSWORD_PER_NETWORK = Limit("password|network", 120, timedelta(minutes=10))
PASSWORD_FOR_ALL = Limit("password|all", 600, timedelta(minutes=1))


def network(request: Request) -> str:
    """The caller's IPv4 address, or the /64 of its IPv6 one; a proxy is trusted only as uvicorn is told to."""
    host = request.client.host if request.client else ""
    try:
        address = ip_address(host)
    except ValueError:
        return host
    return str(IPv6Address(int(address) >> 64 << 64)) if isinstance(address, IPv6Address) else str(address)


async def count(services: Services, *uses: tuple[Limit, str]) -> None:
    """Count one use of each. Raises Problem 429, with Retry-After, at the first limit reached."""
    spent = [Spent(limit, whom) for limit, whom in uses]
    async with services.database.transaction(ANONYMOUS) as connection:
        seconds = await spend(connection, services.master, spent)
    if seconds:
        raise Problem(
            types.TOO_MANY_REQUESTS,
            Sentence("Trop de tentatives en peu de temps. Réessayez dans {wait}.", wait=_spoken(seconds)),
            headers={"Retry-After": str(seconds)},
        )


def _spoken(seconds: int) -> Counted:
    if seconds < 120:
        return Counted("{count} seconde", "{count} secondes", count=seconds)
    return Counted("{count} minute", "{count} minutes", count=-(-seconds // 60))
