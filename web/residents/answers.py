"""My answers once filed: read back, and corrected page by page before examination begins, with trace."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from fastapi import APIRouter, Response

from api.documents.answers import DocumentOut
from api.http import problem_types as types
from api.http.problems import Problem
from api.offer import form_of
from api.residents import acts as api
from api.residents import documents
from api.residents.acting import ActingPerson
from api.services import Use
from catalogue.forms import FieldError
from web.forms.checking import checked
from web.forms.reading import Read, read_page, wrong
from web.forms.showing import shown_page
from web.residents.dossier_view import DossierView, opened
from web.residents.hands import PostedHand
from web.residents.reading_back import by_page, shown_rows
from web.site import rendering
from web.site.form_data import Posted
from web.site.page import At, Here
from web.site.rendering import redirect

router = APIRouter()


@router.get("/dossiers/{dossier}/reponses")
async def answers_page(dossier: UUID, here: At, acting: ActingPerson, services: Use) -> Response:
    """What I answered; where to correct it while that is possible."""
    one = await opened(services, here, acting, dossier)
    files = _files(await documents.list_documents(dossier, acting, services))
    rows = checked(form_of(one.dossier.plan), one.shown.form, **shown_rows(here), documents=files)
    return rendering.page(here, "residents/answers.html", one=one, pages=by_page(rows), may=one.admits("correct"))


@router.get("/dossiers/{dossier}/correction/{page}")
async def correction_page(dossier: UUID, page: str, here: At, acting: ActingPerson, services: Use) -> Response:
    """One page of the form, to correct."""
    one = await opened(services, here, acting, dossier)
    _refuse_unknown(one, page)
    return _shown(here, one, page, _files(await documents.list_documents(dossier, acting, services)))


@router.post("/dossiers/{dossier}/correction/{page}")
async def correct(
    dossier: UUID, page: str, here: At, acting: ActingPerson, services: Use, hand: PostedHand, posted: Posted
) -> Response:
    """Correct this page; the whole form is sent again, and the journal says so."""
    one = await opened(services, here, acting, dossier)
    _refuse_unknown(one, page)
    form = form_of(one.dossier.plan)
    read = read_page(form, page, posted, one.shown.form)
    errors = wrong(form, page, read)
    if errors or read.opened or read.button is not None:
        files = _files(await documents.list_documents(dossier, acting, services))
        return _shown(here, one, page, files, read=read, errors=() if read.button is not None else errors)
    whole: dict[str, Any] = {**form.uncomputed(dict(one.shown.form)), page: read.answers}
    await api.correct(dossier, whole, hand, acting)
    return redirect(here.at_counter(f"/dossiers/{dossier}/reponses", dit="correct"))


def _shown(
    here: Here,
    one: DossierView,
    name: str,
    files: dict[str, str],
    *,
    read: Read | None = None,
    errors: Iterable[FieldError] = (),
) -> Response:
    shown = shown_page(
        form_of(one.dossier.plan),
        name,
        one.shown.form,
        translate=here.words.say,
        errors=errors,
        read=read,
        documents=files,
        own=here.mandate is None,
    )
    status = 422 if shown.summary else 200
    return rendering.page(here, "residents/correction.html", status=status, one=one, shown=shown, name=name)


def _refuse_unknown(one: DossierView, name: str) -> None:
    if name not in form_of(one.dossier.plan).pages:
        raise Problem(types.NOT_FOUND, "Le formulaire n'a pas de page à cette adresse.")


def _files(listed: Iterable[DocumentOut]) -> dict[str, str]:
    return {str(each.id): each.name or "" for each in listed}
