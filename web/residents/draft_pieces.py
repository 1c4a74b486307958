"""Pieces of a draft: one page each, why it is asked, its files sent, seen again, deleted."""

from uuid import UUID

from fastapi import APIRouter, Response
from starlette.requests import Request

from api.documents.upload import OneFile
from api.residents import documents as api
from api.residents.acting import Acting, ActingPerson
from api.services import Services, Use
from domain.sentence import N_
from storage.register.lock import NotFound
from web.residents import filed_pieces
from web.residents.filling import Filling, PieceState, filling
from web.residents.sending import Asked, Came, kept, status_of
from web.site.confirmations import FILE_KEPT, confirmation
from web.site.page import At, Here
from web.site.rendering import page, redirect

router = APIRouter()
FILES_KEPT = confirmation("pieces", N_("Les fichiers sont enregistrés."))
TAKEN_AWAY = confirmation("piece_retiree", N_("Le fichier est supprimé."))
CHECK = "verification"
"""Where one came from, and goes back to."""


@router.get("/brouillons/{draft}/pieces/{piece}")
async def piece_page(
    draft: UUID, piece: str, here: At, acting: ActingPerson, services: Use, retour: str = ""
) -> Response:
    """One piece."""
    return await _piece(here, acting, services, draft, piece, back=retour)


@router.post("/brouillons/{draft}/pieces/{piece}/documents")
async def send_document(
    request: Request, draft: UUID, piece: str, here: At, acting: ActingPerson, services: Use, retour: str = ""
) -> Response:
    """Keep its files; then show the first ones, or go on where there were some already, or none is required."""
    try:
        before = (await filling(services, here, acting, draft)).piece(piece)
    except NotFound:
        # Filed meanwhile, from another tab: the file goes to the request, or to nobody.
        return await filed_pieces.send_document(request, draft, piece, here, acting, services)
    came = await kept(request, here, services, acting, draft, piece)
    if not came.files and before.wanted:
        came = Came.nothing()
    if came.wrong:
        return await _piece(here, acting, services, draft, piece, wrong=came.wrong, back=retour)
    said = FILES_KEPT if len(came.kept) > 1 else FILE_KEPT if came.kept else ""
    if came.kept and not before.sent:
        return redirect(here.at_counter(f"/brouillons/{draft}/pieces/{piece}", dit=said, retour=retour))
    return redirect(_next(here, await filling(services, here, acting, draft), piece, back=retour, said=said))


def _next(here: Here, one: Filling, piece: str, *, back: str, said: str) -> str:
    """The check when one came from it, or when all is done; the next piece that is wanted; else the tasks."""
    others = _wanted_beside(one, piece)
    under = f"/pieces/{others[0].piece.key}" if others else "" if one.first_undone else "/verification"
    if back == CHECK:
        under = "/verification"
    return here.at_counter(f"/brouillons/{one.draft.id}{under}", dit=said)


def _wanted_beside(one: Filling, piece: str) -> list[PieceState]:
    return [each for each in one.pieces if each.wanted and each.piece.key != piece]


@router.post("/brouillons/{draft}/pieces/{piece}/documents/{file}/suppression")
async def delete_document(
    draft: UUID, piece: str, file: UUID, here: At, acting: ActingPerson, services: Use
) -> Response:
    """Delete one of its files."""
    await api.delete_document(draft, file, acting, services)
    return redirect(here.at_counter(f"/brouillons/{draft}/pieces/{piece}", dit=TAKEN_AWAY))


@router.get("/brouillons/{draft}/documents/{file}")
async def document(draft: UUID, file: UUID, acting: ActingPerson, services: Use) -> Response:
    """The file, to be saved."""
    return await api.open_document(draft, file, acting, services)


async def _piece(
    here: Here,
    acting: Acting,
    services: Services,
    draft: UUID,
    piece: str,
    *,
    wrong: tuple[OneFile, ...] = (),
    back: str = "",
) -> Response:
    one = await filling(services, here, acting, draft)
    state = one.piece(piece)
    return page(
        here,
        "residents/piece.html",
        status=status_of(wrong),
        one=one,
        state=state,
        asked=Asked.of(state.piece),
        others=_wanted_beside(one, piece),
        wrong=wrong,
        back=back if back == CHECK else "",
    )
