"""Every router of the API, gathered here and nowhere else.

To add routes: write `api/<audience>/<noun>.py` with a `router` (no audience prefix in its paths), and name its
module in `AUDIENCES` below. Uploads take their larger limit by ending in `/documents` (api/bodies.py).
"""

from __future__ import annotations

from fastapi import APIRouter, FastAPI

from api import health
from api.admin import accounts, groups, log, organisations, tokens
from api.identity import AdministratorPerson, AgentPerson, MediatorPerson, ResidentPerson
from api.own_sessions import own_session_routes
from api.public import problems
from api.residents import sign_in
from api.staff_sign_in import sign_in_routes

AT_ROOT: tuple[APIRouter, ...] = (health.router, problems.router)

AUDIENCES: dict[str, tuple[APIRouter, ...]] = {
    "/v1/public": (),
    "/v1/residents": (sign_in.router, own_session_routes(ResidentPerson)),
    "/v1/mediators": (sign_in_routes("mediator"), own_session_routes(MediatorPerson)),
    "/v1/agents": (sign_in_routes("agent"), own_session_routes(AgentPerson)),
    "/v1/systems": (),
    "/v1/admin": (
        sign_in_routes("administrator"),
        own_session_routes(AdministratorPerson),
        accounts.router,
        groups.router,
        organisations.router,
        tokens.router,
        log.router,
    ),
}


def include_all(app: FastAPI) -> None:
    """Mount every router under its audience."""
    for router in AT_ROOT:
        app.include_router(router)
    for prefix, routers in AUDIENCES.items():
        for router in routers:
            app.include_router(router, prefix=prefix, tags=[prefix.rpartition("/")[2]])
