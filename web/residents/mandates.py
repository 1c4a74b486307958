"""What is mine alone, never a mediator's: the mandates that I have given."""

from uuid import UUID

from fastapi import APIRouter, Response

from api.residents import mandates as api
from api.services import Use
from api.shown.listed import title_of
from domain.sentence import N_
from web.sign_in.identity import Resident
from web.site.confirmations import confirmation
from web.site.page import At
from web.site.rendering import page, redirect

router = APIRouter()
REVOKED = confirmation("mandat", N_("Le mandat est révoqué. Il ne permet plus rien."))
STATES = {"proposed": N_("à signer"), "active": N_("en cours"), "expired": N_("fini"), "revoked": N_("révoqué")}
CONSENTS = {
    "signed_on_site": N_("signé sur place"),
    "signed_paper": N_("signé sur papier"),
    "sms": N_("donné par SMS"),
}


@router.get("/mandats")
async def mandates_page(here: At, resident: Resident, services: Use) -> Response:
    """Who may act for me."""
    given = (await api.my_mandates(resident, services)).shown
    return page(here, "residents/mandates.html", mandates=given, states=STATES, consents=CONSENTS, title_of=title_of)


@router.get("/mandats/{mandate}/revocation")
async def revocation_page(mandate: UUID, here: At, resident: Resident, services: Use) -> Response:
    """What revoking means, before doing it."""
    return page(here, "residents/revocation.html", one=await api.read_my_mandate(mandate, resident, services))


@router.post("/mandats/{mandate}/revocation")
async def revoke(mandate: UUID, here: At, resident: Resident, services: Use) -> Response:
    """Stop it at once."""
    await api.revoke_my_mandate(mandate, resident, services)
    return redirect(here.url("/mandats", dit=REVOKED))
