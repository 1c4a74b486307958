"""Rate limits of what anybody may call: by person *and* network, so that a stranger elsewhere shuts nobody out.

What counts a person or everybody together is large, against floods alone; a browser that has signed the person in
before is counted by itself (`api/sign_in/known_browsers.py`), and a sign-in by OpenID is not counted by address.
"""

from datetime import timedelta
from ipaddress import IPv6Address, ip_address
from uuid import UUID

from starlette.requests import Request

from api.http import problem_types as types
from api.http.problems import Problem
from api.services import ANONYMOUS, Services
from api.sign_in import alerts, known_browsers
from domain.sentence import Counted, Sentence
from storage.accounts.accounts import Audience
from storage.accounts.rate_limits import Limit, Reached, Spent, spend

HOUR = timedelta(hours=1)
CODE_PER_ADDRESS_AND_NETWORK = Limit("code|address+network", 6, HOUR)
CODE_PER_ADDRESS = Limit("code|address", 120, HOUR)
CODE_PER_BROWSER = Limit("code|browser", 12, HOUR)
CODE_PER_NETWORK = Limit("code|network", 120, timedelta(minutes=10))
CODE_FOR_ALL = Limit("code|all", 1200, timedelta(minutes=1))
TRY_PER_NETWORK = Limit("try|network", 240, timedelta(minutes=10))
PASSWORD_PER_ACCOUNT_AND_NETWORK = Limit("password|account+network", 8, timedelta(minutes=10))
PASSWORD_PER_ACCOUNT = Limit("password|account", 600, HOUR)
PASSWORD_PER_BROWSER = Limit("password|browser", 8, timedelta(minutes=10))
PASSWORD_PER_NETWORK = Limit("password|network", 120, timedelta(minutes=10))
PASSWORD_FOR_ALL = Limit("password|all", 600, timedelta(minutes=1))
DRAFTS = Limit("drafts|account", 500, HOUR)
MESSAGES = Limit("messages|account", 60, HOUR)
DOCUMENTS = Limit("documents|account", 600, HOUR)
DOCUMENTS_OF_SYSTEM = Limit("documents|system", 20_000, HOUR)
WEBHOOKS = Limit("webhooks|system", 60, HOUR)
"""After sign-in: what makes rows, e-mails, files or calls for others to bear."""


def network(request: Request) -> str:
    """The caller's IPv4 address, or the /64 of its IPv6 one; a proxy is trusted only as uvicorn is told to."""
    host = request.client.host if request.client else ""
    try:
        address = ip_address(host)
    except ValueError:
        return host
    return str(IPv6Address(int(address) >> 64 << 64)) if isinstance(address, IPv6Address) else str(address)


class TooMany(Problem):
    """429, with Retry-After; `limit` is the one that was reached."""

    def __init__(self, reached: Reached) -> None:
        super().__init__(
            types.TOO_MANY_REQUESTS,
            Sentence("Trop de tentatives en peu de temps. Réessayez dans {wait}.", wait=_spoken(reached.seconds)),
            headers={"Retry-After": str(reached.seconds)},
        )
        self.limit = reached.limit


async def count(services: Services, *uses: tuple[Limit, str]) -> None:
    """Count one use of each. Raises TooMany at the first limit reached."""
    spent = [Spent(limit, whom) for limit, whom in uses]
    async with services.database.transaction(ANONYMOUS) as connection:
        reached = await spend(connection, services.master, spent)
    if reached is not None:
        raise TooMany(reached)


async def count_code(services: Services, request: Request, address: str) -> None:
    """Count a code asked for this address. Raises TooMany, the person told when it is their address that is tried."""
    where = network(request)
    mark = known_browsers.mark_of(request, services, "resident", address)
    uses = (
        (CODE_PER_ADDRESS_AND_NETWORK, f"{address}|{where}"),
        (CODE_PER_ADDRESS, address),
        (CODE_PER_NETWORK, where),
        (CODE_FOR_ALL, ""),
    )
    await _count_somebody(services, "resident", address, ((CODE_PER_BROWSER, mark),) if mark else uses)


async def count_password(services: Services, request: Request, audience: Audience, address: str) -> None:
    """Count a password tried for this address of staff. Raises TooMany, the person told as above."""
    whose, where = f"{audience}|{address}", network(request)
    mark = known_browsers.mark_of(request, services, audience, address)
    uses = (
        (PASSWORD_PER_ACCOUNT_AND_NETWORK, f"{whose}|{where}"),
        (PASSWORD_PER_ACCOUNT, whose),
        (PASSWORD_PER_NETWORK, where),
        (PASSWORD_FOR_ALL, ""),
    )
    await _count_somebody(services, audience, address, ((PASSWORD_PER_BROWSER, mark),) if mark else uses)


async def count_own(services: Services, limit: Limit, whose: UUID | None) -> None:
    """Count one use by whoever is signed in. Raises TooMany."""
    await count(services, (limit, str(whose)))


ABOUT_ONE_PERSON = frozenset(
    {CODE_PER_ADDRESS_AND_NETWORK, CODE_PER_ADDRESS, PASSWORD_PER_ACCOUNT_AND_NETWORK, PASSWORD_PER_ACCOUNT}
)


async def _count_somebody(
    services: Services, audience: Audience, address: str, uses: tuple[tuple[Limit, str], ...]
) -> None:
    try:
        await count(services, *uses)
    except TooMany as too_many:
        if too_many.limit in ABOUT_ONE_PERSON:
            services.afterwards.start(alerts.tell(services, audience, address))
        raise


def _spoken(seconds: int) -> Counted:
    if seconds < 120:
        return Counted("{count} seconde", "{count} secondes", count=seconds)
    return Counted("{count} minute", "{count} minutes", count=-(-seconds // 60))
