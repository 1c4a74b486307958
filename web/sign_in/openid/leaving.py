"""Signing out: here at once, then at the provider through which the session was opened."""

import hmac
import secrets
from urllib.parse import urlencode

import structlog
from fastapi import APIRouter
from starlette.responses import Response

from api.services import Services, Use
from api.sign_in.oidc.clients import client_of
from api.sign_in.oidc.failures import NotSignedIn
from api.sign_in.oidc.providers import NAMES, TITLES, Name
from storage.accounts.sessions import Origin
from web.sign_in.openid.cookies import SealedCookie
from web.sign_in.openid.ways import absolute
from web.site.confirmations import SIGNED_OUT
from web.site.page import At, Here
from web.site.rendering import page, redirect

log = structlog.get_logger(__name__)
router = APIRouter()
LEAVING = SealedCookie("guichet_depart", "/deconnexion")


async def to_the_provider(here: Here, services: Services, origin: Origin) -> Response | None:
    """The page that goes on to the provider's own sign-out; None when it has none, or does not answer.

    A page, not a redirection: browsers apply `form-action` to what a form leads to, and ours leads nowhere else.
    """
    name = next((one for one in NAMES if one == origin.provider), None)
    try:
        address = None if name is None else await _address(services, name)
    except NotSignedIn as stop:
        log.warning("sign-out not told", provider=origin.provider, why=stop.why)
        return None
    if name is None or not address:
        return None
    state = secrets.token_urlsafe(32)
    query = {
        "id_token_hint": origin.id_token,
        "state": state,
        "post_logout_redirect_uri": absolute(services, here.url(f"/deconnexion/{name}")),
    }
    go_on = f"{address}{'&' if '?' in address else '?'}{urlencode(query)}"
    answer = page(here, "openid/leaving.html", provider=TITLES[name], go_on=go_on)
    LEAVING.keep(answer, here, services, {"state": state, "provider": name})
    return answer


@router.get("/deconnexion/{name}")
async def from_the_provider(name: Name, here: At, services: Use, state: str = "") -> Response:
    """Back from there. Only the way back that we opened says that one is signed out."""
    kept = LEAVING.read(here, services)
    is_ours = (
        kept is not None and kept["provider"] == name and hmac.compare_digest(kept["state"].encode(), state.encode())
    )
    answer = redirect(here.url("/", dit=SIGNED_OUT if is_ours else ""))
    LEAVING.drop(answer, here, services)
    return answer


async def _address(services: Services, name: Name) -> str:
    return str((await client_of(services, name).metadata()).get("end_session_endpoint", ""))
