"""Everybody's own account: the address that identifies them, their open sessions and how to end them."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends
from starlette.responses import Response

from api.services import Use
from api.sign_in.identity import P
from api.sign_in.own_account import account_of
from api.sign_in.own_sessions import end_own_other_sessions, end_own_session, own_sessions
from domain.sentence import N_
from web.sign_in.devices import device_of
from web.sign_in.identity import person_of
from web.site.confirmations import confirmation
from web.site.page import At
from web.site.rendering import page, redirect
from web.site.spaces import space_of

HOME_SAID = {
    "resident": N_("Mes demandes"),
    "agent": N_("Files"),
    "mediator": N_("Mandats"),
    "administrator": N_("Les démarches et leurs versions"),
}
CLOSED = confirmation("session", N_("La session est fermée."))


def own_account_pages(kind: type[P]) -> APIRouter:
    """The account of one audience."""
    router = APIRouter()
    identify = person_of(kind)
    space = space_of(kind)
    path = space.account

    @router.get(path)
    async def account_page(here: At, services: Use, person: Annotated[P, Depends(identify)]) -> Response:
        """My address and my sessions."""
        mine = await account_of(services, person.context, person.account)
        live = [(one, device_of(one.device)) for one in await own_sessions(person, services)]
        return page(
            here,
            "own/account.html",
            mine=mine,
            sessions=live,
            path=path,
            home=space.home,
            home_said=HOME_SAID[kind.audience],
            password=space.password,
        )

    @router.post(f"{path}/sessions/{{session}}")
    async def end_session(session: UUID, here: At, services: Use, person: Annotated[P, Depends(identify)]) -> Response:
        """End one session of mine."""
        await end_own_session(person, session, services)
        return redirect(here.url(path, dit=CLOSED))

    @router.post(f"{path}/sessions")
    async def end_others(here: At, services: Use, person: Annotated[P, Depends(identify)]) -> Response:
        """End every session of mine but this one."""
        await end_own_other_sessions(person, services)
        return redirect(here.url(path, dit=CLOSED))

    return router
