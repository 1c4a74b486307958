"""The mandates of my organisation: live or over, found by the person's name; one read, printed, given up."""

from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Query
from starlette.responses import Response

from api import mandates as of_both_sides
from api.http.cursors import written
from api.legal_time import legal_now
from api.mediators import mandates as api
from api.services import Use
from api.shown.listed import title_of
from domain.sentence import N_
from web.mediators.mandate_recording import DURATIONS, RECEIVED
from web.sign_in.identity import Mediator
from web.site.confirmations import confirmation
from web.site.page import At
from web.site.rendering import page, redirect

router = APIRouter()
ENDED = confirmation("mandat_fini", N_("Le mandat est terminé."))
PER_PAGE = 30
STATES = {"proposed": N_("à signer"), "active": N_("en cours"), "expired": N_("fini"), "revoked": N_("révoqué")}
CONSENTS = {
    "signed_on_site": N_("signé sur place"),
    "signed_paper": N_("signé sur papier"),
    "sms": N_("donné par SMS"),
}
TOLD = {
    "email": N_("par le courriel qui lui a été envoyé"),
    "hand": N_("par son exemplaire du papier"),
    "refused": N_("pas par courriel : son adresse l'a refusé. Prévenez-la autrement, et vérifiez l'adresse"),
}
Words = Annotated[str, Query(max_length=200)]
Cursor = Annotated[str | None, Query(alias="page", max_length=1000)]


@router.get("/mediateurs/")
async def mandates_page(
    here: At,
    mediator: Mediator,
    services: Use,
    etat: str = "",
    q: Words = "",
    cursor: Cursor = None,
) -> Response:
    """For whom my organisation may act."""
    over, asked = etat == "finis", q.strip()
    found, after = await of_both_sides.found(
        services, mediator.context, PER_PAGE, cursor or None, state="over" if over else "active", name=asked
    )
    context: dict[str, Any] = {
        "mandates": found,
        "next_page": "" if after is None else written([str(after)]),
        "over": over,
        "asked": asked,
        "organisation": await api.my_organisation(mediator, services),
        "states": STATES,
        "title_of": title_of,
    }
    return page(here, "mediators/mandates.html", **context)


@router.get("/mediateurs/mandats/{mandate}")
async def mandate_page(mandate: UUID, here: At, mediator: Mediator, services: Use) -> Response:
    """One mandate: what it covers, until when, and what can be done with it."""
    one = await api.read_mandate(mandate, mediator, services)
    return page(here, "mediators/mandate.html", one=one, states=STATES, consents=CONSENTS, title_of=title_of, told=TOLD)


@router.get("/mediateurs/mandats/{mandate}/consentement")
async def consent_form(mandate: UUID, here: At, mediator: Mediator, services: Use) -> Response:
    """The paper to sign, in two copies: by the person, and by the mediator for the organisation."""
    context: dict[str, Any] = {
        "one": await api.read_mandate(mandate, mediator, services),
        "organisation": await api.my_organisation(mediator, services),
        "mediator": mediator,
        "consents": CONSENTS,
        "durations": DURATIONS,
        "title_of": title_of,
    }
    return page(here, "mediators/consent.html", **context)


@router.post("/mediateurs/mandats/{mandate}/accord")
async def record_consent(mandate: UUID, here: At, mediator: Mediator, services: Use) -> Response:
    """The person has signed in front of me: it begins now."""
    now = await legal_now(services)
    await api.record_consent(mandate, api.ConsentIn(consent="signed_on_site", consented_at=now), mediator, services)
    return redirect(here.url(f"/mediateurs/mandats/{mandate}", dit=RECEIVED))


@router.get("/mediateurs/mandats/{mandate}/fin")
async def end_page(mandate: UUID, here: At, mediator: Mediator, services: Use) -> Response:
    """What giving a mandate up means, before doing it."""
    return page(here, "mediators/end.html", one=await api.read_mandate(mandate, mediator, services))


@router.post("/mediateurs/mandats/{mandate}/fin")
async def give_up(mandate: UUID, here: At, mediator: Mediator, services: Use) -> Response:
    """Give it up, with effect at once."""
    await api.revoke_mandate(mandate, mediator, services)
    return redirect(here.url("/mediateurs/", dit=ENDED))
