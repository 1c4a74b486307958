"""My letters: listed, and opened. Opening a notified one notifies it, which the page says before."""

from uuid import UUID

from fastapi import APIRouter, Response

from api.documents.letters import LetterOut
from api.http import problem_types as types
from api.http.problems import Problem
from api.residents import letters as api
from api.residents.acting import ActingPerson
from api.services import Use
from domain.sentence import N_
from web.residents.dossier_view import opened
from web.site.confirmations import confirmation
from web.site.page import At
from web.site.rendering import page, redirect

router = APIRouter()
OPENED = confirmation("lettre", N_("La lettre est ouverte. Vous pouvez la télécharger."))
UNKNOWN = N_("Ce dossier n'a pas de lettre de cet identifiant.")


@router.get("/dossiers/{dossier}/lettres")
async def letters_page(dossier: UUID, here: At, acting: ActingPerson, services: Use) -> Response:
    """Those that have reached me."""
    one = await opened(services, here, acting, dossier)
    return page(here, "residents/letters.html", one=one, letters=await api.list_letters(dossier, acting, services))


@router.get("/dossiers/{dossier}/lettres/{letter}")
async def letter_page(dossier: UUID, letter: UUID, here: At, acting: ActingPerson, services: Use) -> Response:
    """One letter: what opening it does, or where to save it."""
    one = await opened(services, here, acting, dossier)
    found = _one(await api.list_letters(dossier, acting, services), letter)
    return page(here, "residents/letter.html", one=one, letter=found)


@router.post("/dossiers/{dossier}/lettres/{letter}")
async def open_letter(dossier: UUID, letter: UUID, here: At, acting: ActingPerson, services: Use) -> Response:
    """Open it: it is notified by that (CRPA R112-20)."""
    await api.open_letter(dossier, letter, acting, services)
    return redirect(here.at_counter(f"/dossiers/{dossier}/lettres/{letter}", dit=OPENED))


@router.get("/dossiers/{dossier}/lettres/{letter}/pdf")
async def letter_pdf(dossier: UUID, letter: UUID, here: At, acting: ActingPerson, services: Use) -> Response:
    """The PDF, to be saved; following a link never notifies: a letter to open is opened by its page's button."""
    if _one(await api.list_letters(dossier, acting, services), letter).to_open:
        return redirect(here.at_counter(f"/dossiers/{dossier}/lettres/{letter}"))
    return await api.open_letter(dossier, letter, acting, services)


def _one(letters: list[LetterOut], letter: UUID) -> LetterOut:
    for found in letters:
        if found.id == letter:
            return found
    raise Problem(types.NOT_FOUND, UNKNOWN)
