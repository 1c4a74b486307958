"""Pieces of a draft: one page each, why it is asked, its files sent one at a time, seen again, deleted."""

from __future__ import annotations

from uuid import UUID

from fastapi import APIRouter, Response
from starlette.requests import Request

from api.problems import Problem
from api.residents import documents as api
from api.residents.acting import Acting, ActingPerson
from api.services import Services, Use
from web.here import At, Here
from web.rendering import page, redirect
from web.residents.filling import filling
from web.residents.sending import Asked, kept

router = APIRouter()


@router.get("/brouillons/{draft}/pieces/{piece}")
async def piece_page(
    draft: UUID, piece: str, here: At, acting: ActingPerson, services: Use, retour: str = ""
) -> Response:
    """One piece."""
    return await _piece(here, acting, services, draft, piece, back=retour)


@router.post("/brouillons/{draft}/pieces/{piece}/documents")
async def send_document(
    request: Request, draft: UUID, piece: str, here: At, acting: ActingPerson, services: Use
) -> Response:
    """Keep one file for it."""
    problem = await kept(request, here, services, acting, draft, piece)
    if problem is not None:
        return await _piece(here, acting, services, draft, piece, problem=problem)
    return redirect(here.at_counter(f"/brouillons/{draft}/pieces/{piece}", dit="piece"))


@router.post("/brouillons/{draft}/pieces/{piece}/documents/{file}/suppression")
async def delete_document(
    draft: UUID, piece: str, file: UUID, here: At, acting: ActingPerson, services: Use
) -> Response:
    """Delete one of its files."""
    await api.delete_document(draft, file, acting, services)
    return redirect(here.at_counter(f"/brouillons/{draft}/pieces/{piece}", dit="piece_retiree"))


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
    problem: Problem | None = None,
    back: str = "",
) -> Response:
    one = await filling(services, here, acting, draft)
    state = one.piece(piece)
    return page(
        here,
        "residents/piece.html",
        status=problem.type.status if problem is not None else 200,
        one=one,
        state=state,
        asked=Asked.of(state.piece),
        others=[each for each in one.pieces if each.wanted and each.piece.key != piece],
        problem=problem,
        back=back == "verification",
    )
