"""A page of the form: every turn saves what is right, what an answer opens is asked next, nothing typed is lost."""

from collections.abc import Iterable
from uuid import UUID

from fastapi import APIRouter, Response

from api.form_errors import REQUIRED
from api.residents import drafts as api
from api.residents.acting import Acting, ActingPerson
from api.right_part import right_part
from api.services import Services, Use
from catalogue.forms import FieldError
from domain.sentence import N_
from storage.register.drafts import DraftChanged
from web.forms.reading import Read, read_page, wrong
from web.forms.showing import shown_page
from web.residents.draft_return import send_the_way_back
from web.residents.filling import Filling, filling
from web.site import rendering
from web.site.confirmations import confirmation
from web.site.form_data import Posted, text, version
from web.site.page import At, Here
from web.site.rendering import redirect

router = APIRouter()
IN_ORDER = confirmation("ordre", N_("Répondez d'abord à cette page : les suivantes en dépendent."))
LINK_SENT = confirmation("lien", N_("Le lien vous est envoyé par courriel."))
KEPT = confirmation("enregistre", N_("Vos réponses sont enregistrées."))


@router.get("/brouillons/{draft}/pages/{page}")
async def form_page(
    draft: UUID, page: str, here: At, acting: ActingPerson, services: Use, retour: str = ""
) -> Response:
    """One page, with its answers so far; the first one undone when those before it are not."""
    one = await filling(services, here, acting, draft)
    if not one.page(page).open and (first := one.first_undone) is not None:
        return redirect(f"{one.base}/pages/{first.name}?dit={IN_ORDER}")
    return _shown(here, one, page, back=retour)


@router.post("/brouillons/{draft}/pages/{page}")
async def turn_page(draft: UUID, page: str, here: At, acting: ActingPerson, services: Use, posted: Posted) -> Response:
    """Save the page, and go where the button says."""
    one = await filling(services, here, acting, draft)
    one.page(page)
    read = read_page(one.form, page, posted, one.draft.content)
    back = text(posted, "retour")
    try:
        kept = await api.keep_page(services, acting, draft, page, read.answers, version(posted))
        seen = kept.version
    except DraftChanged as changed:
        if one.form.uncomputed(one.draft.content).get(page) != right_part(one.form, page, read.answers):
            return _shown(here, one, page, read=read, back=back, seen=changed.version, status=409)
        seen = changed.version
    errors = wrong(one.form, page, read)
    if "_later" in posted:
        return await _later(here, acting, services, draft)
    if "_previous" in posted and all(error.code in REQUIRED for error in errors):
        before = one.beside(page, -1)
        return redirect(f"{one.base}/pages/{before.name}" if before is not None else one.base)
    if "_language" in posted or read.button is not None or (read.opened and not errors):
        return _shown(here, one, page, read=read, back=back, seen=seen)
    if errors:
        return _shown(here, one, page, read=read, back=back, seen=seen, errors=errors, status=422)
    return redirect(_next(one, page, back))


async def _later(here: Here, acting: Acting, services: Services, draft: UUID) -> Response:
    sent = await send_the_way_back(here, acting, services, draft)
    return redirect(here.at_counter(f"/brouillons/{draft}", dit=LINK_SENT if sent else KEPT))


def _next(one: Filling, name: str, back: str) -> str:
    """The check when one came from it; the next page; the tasks, where the pieces are, after the last one."""
    if back == "verification":
        return f"{one.base}/verification"
    after = one.beside(name, 1)
    if after is not None:
        return f"{one.base}/pages/{after.name}"
    return f"{one.base}#pieces" if one.pieces else f"{one.base}/verification"


def _shown(
    here: Here,
    one: Filling,
    name: str,
    *,
    read: Read | None = None,
    errors: Iterable[FieldError] = (),
    back: str = "",
    seen: int | None = None,
    status: int = 200,
) -> Response:
    shown = shown_page(
        one.form,
        name,
        one.draft.content,
        translate=here.words.say,
        errors=errors,
        read=read,
        documents=one.files,
        own=here.mandate is None,
    )
    return rendering.page(
        here,
        "residents/form_page.html",
        status=status,
        one=one,
        shown=shown,
        name=name,
        rank=[each.name for each in one.pages].index(name) + 1,
        version=one.draft.version if seen is None else seen,
        back=back if back == "verification" else "",
        changed=status == 409,
        turned_by="page",
    )
