"""Search among the requests of all my groups."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.responses import Response

from api.agents.queues import search_dossiers
from api.services import Use
from web.sign_in.identity import Agent
from web.site.here import At
from web.site.rendering import page

router = APIRouter(prefix="/agents")
SHORTEST, LONGEST = 2, 200


@router.get("/recherche")
async def search(here: At, agent: Agent, services: Use, q: str = "") -> Response:
    """The requests that hold every word; nothing is looked for before two letters."""
    words = q.strip()[:LONGEST]
    rows = await search_dossiers(words, agent, services) if len(words) >= SHORTEST else None
    return page(here, "agents/search.html", q=words, rows=rows)
