"""My space: my requests and my drafts, and what waits for me."""

from __future__ import annotations

from fastapi import APIRouter, Response
from starlette.requests import Request

from api.residents import dossiers, drafts
from api.residents.acting import ActingPerson
from api.services import Use
from web.here import At
from web.rendering import page

router = APIRouter()


@router.get("/espace")
async def my_space(request: Request, here: At, acting: ActingPerson, services: Use) -> Response:
    """My requests, the last filed first, and my drafts."""
    filed = await dossiers.list_dossiers(request, Response(), acting, services)
    begun = await drafts.list_drafts(request, Response(), acting, services)
    return page(here, "residents/space.html", dossiers=filed, drafts=begun)
