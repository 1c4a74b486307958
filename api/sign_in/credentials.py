"""The token a request presents, and the proof that a cookie was not sent by another site's page."""

import hmac
from dataclasses import dataclass, field
from typing import Annotated

from fastapi import Depends
from fastapi.security import APIKeyCookie, HTTPAuthorizationCredentials, HTTPBearer
from starlette.requests import Request

from api.http import cookies
from api.http import problem_types as types
from api.http.problems import Problem
from api.services import Services, Use
from storage.engine.master_key import MasterKey

COOKIE = "guichet_session"
CSRF_HEADER = "X-CSRF-Token"
SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})

_bearer = HTTPBearer(auto_error=False, scheme_name="bearer", description="Session, ou jeton de système (gch_…).")
_cookie = APIKeyCookie(
    name=COOKIE,
    auto_error=False,
    scheme_name="cookie",
    description="Avec X-CSRF-Token pour ce qui modifie ; « __Host-… » sur TLS.",
)


@dataclass(frozen=True, slots=True)
class Presented:
    """What the request shows; `by_cookie` means that a browser may have sent it by itself."""

    token: str | None = field(repr=False)
    by_cookie: bool
    method: str
    csrf: str = field(repr=False)

    def refuse_forgery(self, master: MasterKey) -> None:
        """Raises Problem when a cookie-borne request would change something without its CSRF token."""
        if not self.by_cookie or self.method in SAFE_METHODS or self.token is None:
            return
        if not hmac.compare_digest(csrf_token(master, self.token).encode(), self.csrf.encode()):
            raise Problem(
                types.CSRF,
                f"Une session par cookie envoie aussi l'en-tête {CSRF_HEADER}, lu à la connexion ou par GET …/session.",
            )


async def presented(
    request: Request,
    services: Use,
    authorization: Annotated[HTTPAuthorizationCredentials | None, Depends(_bearer)],
    _declared: Annotated[str | None, Depends(_cookie)],
) -> Presented:
    """The bearer token if there is one, the cookie otherwise: under the name that it has here."""
    cookie = cookies.read(request, services, COOKIE)
    csrf = request.headers.get(CSRF_HEADER, "")
    if authorization is not None:
        return Presented(authorization.credentials, by_cookie=False, method=request.method, csrf=csrf)
    return Presented(cookie, by_cookie=cookie is not None, method=request.method, csrf=csrf)


def in_browser(request: Request, services: Services) -> Presented:
    """What a page's form presents at a sign-in: the session that the browser bears, which is about to end."""
    return Presented(cookies.read(request, services, COOKIE), by_cookie=True, method="POST", csrf="")


def csrf_token(master: MasterKey, token: str) -> str:
    """The token that goes with a session: derived from it, so that nothing more is kept."""
    return master.fingerprint(token, "csrf").hex()


PresentedToken = Annotated[Presented, Depends(presented)]
