"""What residents' and staff's ways in have in common: leaving, coming back, opening the session."""

from dataclasses import asdict
from uuid import UUID

from starlette.responses import Response

from api.http import problem_types as types
from api.http.problems import Problem
from api.services import Services
from api.sign_in import known_browsers
from api.sign_in.credentials import in_browser
from api.sign_in.oidc.flow import Begun, Identity, begin, finish
from api.sign_in.session import address_of, given, opened_by, remember_language
from storage.accounts.sessions import Opened, Origin
from web.sign_in.identity import safe_return
from web.sign_in.openid.cookies import SealedCookie
from web.sign_in.openid.ways import Way
from web.site.page import Here
from web.site.rendering import redirect


def begun_cookie(way: Way) -> SealedCookie:
    """What proves, at the return, that this browser began."""
    return SealedCookie("guichet_aller", way.base)


def proven_cookie(way: Way) -> SealedCookie:
    """Who the provider said it is, while one more proof is asked."""
    return SealedCookie("guichet_retour", way.base)


async def leave(way: Way, here: Here, services: Services, back: str) -> Response:
    """Send the browser to the provider. Raises NotSignedIn, Problem where it is not configured."""
    if not way.is_open(services):
        raise Problem(types.NOT_FOUND, "Cette façon de se connecter n'est pas proposée ici.")
    address, begun = await begin(way.client(services), way.return_address(here, services), back)
    answer = redirect(address)
    begun_cookie(way).keep(answer, here, services, asdict(begun))
    return answer


async def come_back(way: Way, here: Here, services: Services) -> tuple[Identity, str]:
    """Who has come back, and the page they were going to. Raises NotSignedIn."""
    kept = begun_cookie(way).read(here, services)
    begun = None if kept is None else Begun(**kept)
    address = way.return_address(here, services)
    identity = await finish(way.client(services), address, begun, here.request.query_params)
    return identity, begun.back if begun else ""


async def arrive(way: Way, here: Here, services: Services, account: UUID, identity: Identity, back: str) -> Response:
    """Open the session of this account, a new one whatever the browser bore, and go on."""
    presented, origin = in_browser(here.request, services), origin_of(way, identity)
    opened = await opened_by(here.request, services, presented, account, way.kind.audience, origin)
    return await welcome(way, here, services, account, opened, back)


def origin_of(way: Way, identity: Identity) -> Origin:
    """What signing out at the provider will ask for."""
    return Origin(provider=way.provider, id_token=identity.id_token)


async def welcome(way: Way, here: Here, services: Services, account: UUID, session: Opened, back: str) -> Response:
    """Give this browser the session, know it again by its person's address, and go on."""
    opened, audience = redirect(safe_return(back, here, way.home)), way.kind.audience
    given(session, opened, services, account=account, audience=audience, transport="cookie")
    known_browsers.remember(here.request, opened, services, audience, await address_of(services, audience, account))
    if audience == "resident":
        await remember_language(services, account, here.code)
    for cookie in (begun_cookie(way), proven_cookie(way)):
        cookie.drop(opened, here, services)
    return opened
