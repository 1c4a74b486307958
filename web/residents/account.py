"""What is mine alone, never a mediator's: the mandates that I have given, my sessions, my e-mail address."""

from __future__ import annotations

from uuid import UUID

from fastapi import APIRouter, Response
from starlette.requests import Request

from api import problem_types as types
from api.problems import Problem
from api.residents import mandates as api
from api.services import Use
from api.shown.listed import title_of
from domain.worded import N_
from storage import accounts, sessions
from web.here import At
from web.identity import Resident
from web.rendering import page, redirect

router = APIRouter()
STATES = {"active": N_("en cours"), "expired": N_("fini"), "revoked": N_("révoqué")}
CONSENTS = {
    "signed_on_site": N_("signé sur place"),
    "signed_paper": N_("signé sur papier"),
    "sms": N_("donné par SMS"),
}


@router.get("/mandats")
async def mandates_page(request: Request, here: At, resident: Resident, services: Use) -> Response:
    """Who may act for me."""
    given = await api.list_my_mandates(request, Response(), resident, services)
    return page(here, "residents/mandates.html", mandates=given, states=STATES, consents=CONSENTS, title_of=title_of)


@router.get("/mandats/{mandate}/revocation")
async def revocation_page(mandate: UUID, here: At, resident: Resident, services: Use) -> Response:
    """What revoking means, before doing it."""
    return page(here, "residents/revocation.html", one=await api.read_my_mandate(mandate, resident, services))


@router.post("/mandats/{mandate}/revocation")
async def revoke(mandate: UUID, here: At, resident: Resident, services: Use) -> Response:
    """Stop it at once."""
    await api.revoke_my_mandate(mandate, resident, services)
    return redirect(here.url("/mandats", dit="mandat"))


@router.get("/compte")
async def account_page(here: At, resident: Resident, services: Use) -> Response:
    """My address and my sessions."""
    async with services.database.transaction(resident.context) as connection:
        mine = await accounts.read(connection, services.master, resident.account)
        live = await sessions.of_account(connection, resident.account)
    return page(here, "residents/account.html", mine=mine, sessions=live, present=resident.session)


@router.post("/compte/sessions/{session}")
async def end_session(session: UUID, here: At, resident: Resident, services: Use) -> Response:
    """End one session of mine."""
    async with services.database.transaction(resident.context) as connection:
        if not await sessions.revoke(connection, resident.account, session):
            raise Problem(types.NOT_FOUND, "Aucune de vos sessions ne porte cet identifiant.")
    return redirect(here.url("/compte", dit="session"))


@router.post("/compte/sessions")
async def end_others(here: At, resident: Resident, services: Use) -> Response:
    """End every session of mine but this one."""
    async with services.database.transaction(resident.context) as connection:
        await sessions.revoke_others(connection, resident.account, resident.session)
    return redirect(here.url("/compte", dit="session"))
