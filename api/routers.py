"""Every router of the API, gathered here and nowhere else.

To add routes: write `api/<audience>/<noun>.py` with a `router`, a `Room` (no audience prefix in its paths), name its
module in `AUDIENCES` below. Uploads take their larger limit by ending in `/documents` (api/http/bodies.py).
"""

from collections.abc import Awaitable, Callable

from fastapi import APIRouter, Depends, FastAPI

from api import health
from api.admin import accounts, groups, log, organisations, publications, tokens
from api.agents import acts as agents_acts
from api.agents import (
    campaign_votes,
    campaigns,
    forecasts,
    incidents,
    paper,
    queues,
    rehearsal,
)
from api.agents import documents as agents_documents
from api.agents import dossiers as agents_dossiers
from api.http.rooms import Room
from api.mediators import mandates
from api.public import communes, open_data, problems, procedures
from api.residents import acts, documents, dossiers, drafts, filing, letters, sign_in
from api.residents import mandates as my_mandates
from api.residents.acting import mediator_acts, resident_acts
from api.sign_in.identity import AdministratorPerson, AgentPerson, MediatorPerson, ResidentPerson
from api.sign_in.own_password import own_password_routes
from api.sign_in.own_sessions import own_session_routes
from api.sign_in.staff import sign_in_routes
from api.systems import deposits, webhooks
from api.systems import dossiers as systems_dossiers

AT_ROOT: tuple[APIRouter, ...] = (health.router, problems.router)

THE_COUNTER: tuple[APIRouter, ...] = (
    filing.router,
    dossiers.router,
    acts.router,
    drafts.router,
    documents.router,
    letters.router,
)
"""What a resident does, in person or through a mediator: the same routes, mounted twice."""


def counter(acts: Callable[..., Awaitable[None]], prefix: str = "") -> APIRouter:
    """The counter's routes for whoever `acts` establishes (`api/residents/acting.py`)."""
    mounted = Room(prefix=prefix, dependencies=[Depends(acts)])
    for router in THE_COUNTER:
        mounted.include_router(router)
    return mounted


# Routes are tried one after the other: the busiest spaces come first, and in each the busiest routers.
AUDIENCES: dict[str, tuple[APIRouter, ...]] = {
    "/v1/residents": (counter(resident_acts), sign_in.router, own_session_routes(ResidentPerson), my_mandates.router),
    "/v1/agents": (
        agents_acts.router,
        agents_dossiers.router,
        rehearsal.router,
        queues.router,
        campaigns.router,
        campaign_votes.router,
        paper.router,
        incidents.router,
        agents_documents.router,
        forecasts.router,
        sign_in_routes("agent"),
        own_session_routes(AgentPerson),
        own_password_routes(AgentPerson),
    ),
    "/v1/systems": (deposits.router, systems_dossiers.router, webhooks.router),
    "/v1/mediators": (
        mandates.router,
        counter(mediator_acts, "/mandates/{mandate}"),
        sign_in_routes("mediator"),
        own_session_routes(MediatorPerson),
        own_password_routes(MediatorPerson),
    ),
    "/v1/public": (procedures.router, communes.router, open_data.router),
    "/v1/admin": (
        sign_in_routes("administrator"),
        own_session_routes(AdministratorPerson),
        own_password_routes(AdministratorPerson),
        accounts.router,
        groups.router,
        organisations.router,
        tokens.router,
        log.router,
        publications.router,
    ),
}


def include_all(app: FastAPI) -> None:
    """Mount every router under its audience."""
    for prefix, routers in AUDIENCES.items():
        for router in routers:
            app.include_router(router, prefix=prefix, tags=[prefix.rpartition("/")[2]])
    for router in AT_ROOT:
        app.include_router(router)
