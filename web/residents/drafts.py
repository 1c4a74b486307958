"""Drafts: begun after signing in, shown as a list of tasks, given up, taken to the form published now."""

from uuid import UUID

from fastapi import APIRouter, Response
from starlette.requests import Request

from api.offer import offered, refuse_unserved
from api.residents import drafts as api
from api.residents.acting import ActingPerson
from api.residents.drafts import DraftIn
from api.services import Use
from domain.sentence import N_
from storage.register.idempotency import AlreadyAnswered
from web.residents.filling import STATES, filling
from web.site.confirmations import confirmation
from web.site.form_data import Posted, PostedKey, text
from web.site.guides import guide_in
from web.site.page import At
from web.site.rendering import page, redirect

router = APIRouter()
RENEWED = confirmation("renouvele", N_("Votre brouillon suit maintenant le nouveau formulaire."))
GIVEN_UP = confirmation("abandonne", N_("Le brouillon est abandonné."))


@router.get("/demarches/{slug}/commencer")
async def start_page(slug: str, here: At, acting: ActingPerson, services: Use) -> Response:
    """What to know before beginning, and my drafts of this procedure."""
    plan = offered(slug, acting.viewer)
    await refuse_unserved(services, plan)
    begun = (await api.my_drafts(acting, services)).shown
    return page(
        here,
        "residents/start.html",
        plan=plan,
        guide=guide_in(here.code, slug),
        drafts=[one for one in begun if one.procedure == slug],
    )


@router.post("/brouillons")
async def begin(
    request: Request, here: At, acting: ActingPerson, services: Use, form: Posted, key: PostedKey
) -> Response:
    """Begin a draft, once."""
    try:
        asked = DraftIn.model_validate({"procedure": text(form, "procedure")})
        draft = (await api.begun(asked, request.url.path, acting, services, key)).id
    except AlreadyAnswered as again:
        draft = again.answer.body["id"]
    return redirect(here.at_counter(f"/brouillons/{draft}"))


@router.get("/brouillons/{draft}")
async def tasks_page(draft: UUID, here: At, acting: ActingPerson, services: Use) -> Response:
    """The tasks: each page of the form, the pieces, the check."""
    return page(here, "residents/tasks.html", one=await filling(services, here, acting, draft), states=STATES)


@router.post("/brouillons/{draft}/renouveler")
async def renew(draft: UUID, here: At, acting: ActingPerson, services: Use) -> Response:
    """Take the answers to the form that is published now."""
    await api.renewed(draft, acting, services)
    return redirect(here.at_counter(f"/brouillons/{draft}", dit=RENEWED))


@router.get("/brouillons/{draft}/abandon")
async def give_up_page(draft: UUID, here: At, acting: ActingPerson, services: Use) -> Response:
    """What giving up means, before doing it."""
    return page(here, "residents/give_up.html", one=await filling(services, here, acting, draft))


@router.post("/brouillons/{draft}/abandon")
async def give_up(draft: UUID, here: At, acting: ActingPerson, services: Use) -> Response:
    """Give the draft up."""
    await api.give_up_draft(draft, acting, services)
    return redirect(here.at_counter("/espace", dit=GIVEN_UP))
