"""Incidents: what the machine gave up, until an agent says that it was dealt with."""

from __future__ import annotations

import re
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query
from starlette.requests import Request
from starlette.responses import Response

from api.agents.incidents import close_incident, list_incidents
from api.services import Use
from domain.worded import N_
from web.here import At
from web.identity import Agent
from web.posted import Posted
from web.rendering import page, redirect

router = APIRouter(prefix="/agents/incidents")
_NEXT = re.compile(r'<[^>]*[?&]cursor=([^&>]+)[^>]*>; rel="next"')
EFFECTS = {
    "letter": N_("Une lettre n'a pas pu être faite"),
    "email": N_("Un courriel n'a pas pu partir"),
    "tell": N_("Les agents n'ont pas pu être prévenus"),
    "notice": N_("Un avis n'a pas pu être mis à disposition"),
    "payment": N_("Un paiement n'a pas pu être transmis"),
    "incident": N_("Un fait tardif contredit ce que le silence avait décidé"),
}


@router.get("")
async def incidents_page(
    request: Request, here: At, agent: Agent, services: Use, cursor: Annotated[str | None, Query(alias="page")] = None
) -> Response:
    """The open incidents of my groups, the oldest first."""
    answer = Response()
    found = await list_incidents(request, answer, agent, services, 50, cursor)
    following = _NEXT.search(answer.headers.get("Link", ""))
    after = following[1] if following else ""
    return page(here, "agents/incidents.html", incidents=found, effects=EFFECTS, after=after)


@router.post("/{incident}")
async def close(incident: UUID, here: At, agent: Agent, services: Use, form: Posted) -> Response:
    """Say that it was dealt with."""
    del form
    await close_incident(incident, agent, services)
    return redirect(here.url("/agents/incidents", dit="incident"))
