"""Pieces of a filed request: which are asked, why and by when; files are given to the service as they are sent."""

from contextlib import suppress
from dataclasses import replace
from hashlib import sha256
from uuid import UUID

from fastapi import APIRouter, Response
from starlette.requests import Request

from api.acts import Hand
from api.documents.upload import OneFile
from api.http import problem_types as types
from api.http.problems import Problem
from api.residents import acts
from api.residents import documents as api
from api.residents.acting import Acting, ActingPerson
from api.services import Services, Use
from domain.sentence import N_
from storage.documents.rows import FREE
from storage.register.idempotency import AlreadyAnswered, InFlight
from web.residents.dossier_view import DossierView, opened
from web.residents.hands import PostedHand
from web.residents.sending import Asked, Came, Sent, kept, status_of
from web.site.confirmations import confirmation
from web.site.form_data import Posted
from web.site.page import At, Here
from web.site.rendering import page, redirect

router = APIRouter()
GIVEN = confirmation("piece_donnee", N_("Votre document est donné au service."))
GIVEN_ALL = confirmation("pieces_donnees", N_("Vos documents sont donnés au service."))
REPORT = Asked(key=FREE, title=N_("Compte rendu de l'aide reçue"))
NOTHING_CHOSEN = N_("Choisissez au moins un document, ou envoyez-en un.")


@router.get("/dossiers/{dossier}/pieces")
async def pieces_page(dossier: UUID, here: At, acting: ActingPerson, services: Use) -> Response:
    """Every piece, and every document of the request."""
    one = await opened(services, here, acting, dossier)
    documents = [Sent(document=each) for each in await api.list_documents(dossier, acting, services)]
    return page(here, "residents/given.html", one=one, documents=documents)


@router.get("/dossiers/{dossier}/pieces/{piece}")
async def piece_page(dossier: UUID, piece: str, here: At, acting: ActingPerson, services: Use) -> Response:
    """One piece: why it is asked, what was sent, what is to be given."""
    return await _piece(here, acting, services, dossier, piece)


@router.post("/dossiers/{dossier}/pieces/{piece}/documents")
async def send_document(
    request: Request, dossier: UUID, piece: str, here: At, acting: ActingPerson, services: Use
) -> Response:
    """Keep the files chosen, and give them at once as they come."""
    came = await kept(request, here, services, acting, dossier, piece)
    came = came if came.files else Came.nothing()
    # A report is given once: not in part.
    if came.kept and not (came.wrong and piece == FREE):
        hand = Hand(
            services=services,
            actor=acting.actor,
            context=acting.context,
            version=None,
            key=sha256(b"".join(sorted(document.bytes for document in came.kept))).hexdigest(),
        )
        done = await _give(here, hand, dossier, piece, came.kept)
        if not came.wrong:
            return done
    return await _piece(here, acting, services, dossier, piece, wrong=came.wrong)


@router.post("/dossiers/{dossier}/pieces/{piece}")
async def give_piece(
    dossier: UUID, piece: str, here: At, acting: ActingPerson, services: Use, hand: PostedHand, form: Posted
) -> Response:
    """Give the documents chosen among those that were sent."""
    chosen = _chosen(form)
    if not chosen:
        return await _piece(here, acting, services, dossier, piece, unchosen=NOTHING_CHOSEN)
    # A file sent meanwhile changes no version, and a piece given late is still given.
    return await _give(here, replace(hand, version=None), dossier, piece, chosen)


async def _give(here: Here, hand: Hand, dossier: UUID, piece: str, chosen: tuple[UUID, ...]) -> Response:
    if piece == FREE:
        with suppress(AlreadyAnswered, InFlight):  # by the first of two clicks
            await acts.act("give_report", dossier, hand, documents=chosen)
        return redirect(here.at_counter(f"/dossiers/{dossier}", dit="give_report"))
    with suppress(AlreadyAnswered, InFlight):
        await acts.act("provide_piece", dossier, hand, piece=piece, documents=chosen)
    said = GIVEN_ALL if len(chosen) > 1 else GIVEN
    return redirect(here.at_counter(f"/dossiers/{dossier}/pieces", dit=said))


@router.get("/dossiers/{dossier}/compte-rendu")
async def report_page(dossier: UUID, here: At) -> Response:
    """The report is given as the documents that answer no piece."""
    return redirect(here.at_counter(f"/dossiers/{dossier}/pieces/{FREE}"))


@router.get("/dossiers/{dossier}/documents/{document}")
async def document(dossier: UUID, document: UUID, acting: ActingPerson, services: Use) -> Response:
    """The file, to be saved."""
    return await api.open_document(dossier, document, acting, services)


async def _piece(
    here: Here,
    acting: Acting,
    services: Services,
    dossier: UUID,
    piece: str,
    *,
    wrong: tuple[OneFile, ...] = (),
    unchosen: str = "",
) -> Response:
    one = await opened(services, here, acting, dossier)
    listed = await api.list_documents(dossier, acting, services)
    given = {document for each in one.shown.pieces for document in each.documents}
    sent = [Sent(document=each) for each in listed if each.piece == piece]
    return page(
        here,
        "residents/give_piece.html",
        status=422 if unchosen else status_of(wrong),
        one=one,
        asked=_asked(one, piece),
        by=next((r.until for r in one.shown.requests if piece in r.pieces and not r.lapsed), None),
        given=[each for each in sent if each.document.id in given],
        waiting=[each for each in sent if each.document.id not in given],
        may=one.admits("give_report" if piece == FREE else "provide_piece"),
        wrong=wrong,
        unchosen=unchosen,
    )


def _asked(one: DossierView, key: str) -> Asked:
    if key == FREE:
        return REPORT
    piece = one.dossier.plan.piece(key)
    if piece is None:
        raise Problem(types.NOT_FOUND, "La démarche ne demande aucune pièce de ce nom.")
    return Asked.of(piece)


def _chosen(form: Posted) -> tuple[UUID, ...]:
    """The documents ticked. Raises Problem for what is no identifier."""
    try:
        return tuple(dict.fromkeys(UUID(str(value)) for value in form.getlist("document")))[:50]
    except ValueError as error:
        raise Problem(types.NOT_FOUND, "Un des documents choisis n'existe pas.") from error
