"""A paper received: scanned and sent by the agent, to be given for its piece by the act that says when it came."""

from uuid import UUID

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from api.agents.desk import refuse_unless_may
from api.agents.documents import list_dossier_documents
from api.documents.upload import OneFile
from api.http import problem_types as types
from api.http.problems import Problem
from api.residents.acting import Acting
from api.services import Services, Use
from api.sign_in.identity import AgentPerson
from web.agents.dossier_view import DossierView, Open
from web.residents.sending import Asked, Came, Sent, kept, status_of
from web.sign_in.identity import Agent
from web.site.confirmations import FILE_KEPT
from web.site.page import At, Here
from web.site.rendering import page, redirect

router = APIRouter(prefix="/agents/dossiers/{dossier}/pieces/{piece}")


@router.get("")
async def piece_page(dossier: UUID, piece: str, here: At, agent: Agent, services: Use, opened: Open) -> Response:
    """One piece: what was sent for it, and where to send a scan."""
    return await _page(here, agent, services, await opened(dossier, "documents"), piece)


@router.post("/documents")
async def send_scan(
    request: Request, dossier: UUID, piece: str, here: At, agent: Agent, services: Use, opened: Open
) -> Response:
    """Keep the scanned files of this piece."""
    await refuse_unless_may(services, agent, dossier, "provide_piece")
    acting = Acting(actor=agent.actor, context=agent.context, resident=agent.account)
    came = await kept(request, here, services, acting, dossier, piece)
    came = came if came.files else Came.nothing()
    one = await opened(dossier, "documents")
    if came.wrong:
        return await _page(here, agent, services, one, piece, came.wrong)
    return redirect(one.url(f"/pieces/{piece}", dit=FILE_KEPT))


async def _page(
    here: Here, agent: AgentPerson, services: Services, one: DossierView, key: str, wrong: tuple[OneFile, ...] = ()
) -> Response:
    piece = one.dossier.plan.piece(key)
    if piece is None:
        raise Problem(types.NOT_FOUND, "La démarche ne demande aucune pièce de ce nom.")
    given = {each for shown in one.shown.pieces for each in shown.documents}
    sent = [Sent(document=each) for each in await list_dossier_documents(one.shown.id, agent, services)]
    return page(
        here,
        "agents/piece.html",
        status=status_of(wrong),
        one=one,
        tab="/pieces",
        asked=Asked.of(piece),
        waiting=[each for each in sent if each.document.piece == key and each.document.id not in given],
        wrong=wrong,
    )
