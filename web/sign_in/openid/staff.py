"""Agents and mediators sign in through ProConnect; our own second factor is asked unless two were checked there."""

from typing import Annotated

from fastapi import APIRouter, Depends, Query
from starlette.requests import Request
from starlette.responses import Response

from api.services import Services, Use
from api.sign_in import browsers
from api.sign_in.credentials import in_browser
from api.sign_in.oidc.failures import NotSignedIn
from api.sign_in.oidc.staff import admitted, matched, opened_by_code
from web.sign_in.openid.steps import arrive, come_back, leave, origin_of, welcome
from web.sign_in.openid.waiting import Waiting, keep_waiting, who_waits
from web.sign_in.openid.ways import Way
from web.site.form_data import Posted, refuse_foreign, text
from web.site.page import At, Here
from web.site.rendering import page

Next = Annotated[str, Query(alias="suite", max_length=500)]


def proconnect_pages(way: Way) -> APIRouter:
    """The way in of one audience."""
    router = APIRouter(prefix=way.base)
    audience = way.kind.audience

    @router.get("")
    async def to_proconnect(here: At, services: Use, back: Next = "") -> Response:
        """Leave for ProConnect."""
        return await leave(way, here, services, back)

    @router.get("/retour")
    async def from_proconnect(here: At, services: Use) -> Response:
        """Come back from there: sign in, or give the second factor first."""
        identity, back = await come_back(way, here, services)
        found = await matched(services, audience, identity)
        if found.asks_second_factor:
            return keep_waiting(way, here, services, Waiting(identity=identity, back=back), "code")
        account = await admitted(services, audience, identity, found)
        return await arrive(way, here, services, account, identity, back)

    @router.get("/code")
    async def second_factor_page(here: At, services: Use) -> Response:
        """Where the second factor is asked."""
        who_waits(way, here, services)
        return _code_page(here, way)

    @router.post("/code", dependencies=[Depends(refuse_foreign)])
    async def give_the_second_factor(request: Request, here: At, services: Use, form: Posted) -> Response:
        """Check it, and sign in."""
        return await _second_factor(way, request, here, services, text(form, "code"))

    return router


async def _second_factor(way: Way, request: Request, here: Here, services: Services, code: str) -> Response:
    waiting, audience = who_waits(way, here, services), way.kind.audience
    found = await matched(services, audience, waiting.identity)
    presented, origin = in_browser(request, services), origin_of(way, waiting.identity)
    try:
        opened = await opened_by_code(
            services, way.kind.audience, request, presented, waiting.identity, found, code, origin
        )
    except NotSignedIn as stop:
        if stop.why != "wrong_code":
            raise
        error = here.words.gettext("Ce code est faux, ou il a déjà servi. Attendez le suivant.")
        return _code_page(here, way, error)
    return await welcome(way, here, services, found.account, opened, waiting.back)


def _code_page(here: Here, way: Way, error: str = "") -> Response:
    answer = page(here, "openid/second_factor.html", status=422 if error else 200, base=way.base, error=error)
    browsers.know(here.request, answer, here.request.app.state.services)
    return answer
