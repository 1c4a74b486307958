"""Every page, gathered here and nowhere else.

To add pages: write `web/<space>/<noun>.py` with a `router` (paths in French, without language), its templates under
`web/templates/<space>/`, and name its module here. The counter's pages serve the resident and, mounted under a
mandate, the mediator, exactly as `api/routers.py` mounts its routes.
"""

from collections.abc import Awaitable, Callable

from fastapi import APIRouter, Depends, FastAPI

from api.sign_in.identity import AdministratorPerson, AgentPerson, MediatorPerson, ResidentPerson
from web.agents import acts as agents_acts
from web.agents import campaigns, forecasts, forks, incidents, keyboard, paper, queues
from web.agents import dossiers as agents_dossiers
from web.agents import pieces as agents_pieces
from web.authors import cases
from web.authors import pages as authors
from web.demonstration import clock, mail
from web.mediators import catalogue as covered
from web.mediators import mandate_recording, mandates
from web.public import about, eligibility, procedures, resuming, sign_in
from web.residents import (
    acts,
    answers,
    archive,
    dossiers,
    draft_pieces,
    drafts,
    filed_pieces,
    filing,
    form_pages,
    letters,
    space,
)
from web.residents import mandates as own_mandates
from web.sign_in.identity import mediator_here, resident_here
from web.sign_in.openid import leaving
from web.sign_in.openid import residents as franceconnect
from web.sign_in.openid.staff import proconnect_pages
from web.sign_in.openid.ways import STAFF
from web.sign_in.own_account import own_account_pages
from web.sign_in.own_password import own_password_pages
from web.sign_in.staff import staff_sign_in_pages

PUBLIC: tuple[APIRouter, ...] = (
    procedures.router,
    eligibility.router,
    sign_in.router,
    resuming.router,
    franceconnect.router,
    *(proconnect_pages(way) for way in STAFF),
    leaving.router,
    about.router,
    clock.router,
    mail.router,
)

THE_COUNTER: tuple[APIRouter, ...] = (
    space.router,
    dossiers.router,
    acts.router,
    letters.router,
    filed_pieces.router,
    answers.router,
    archive.router,
    drafts.router,
    form_pages.router,
    draft_pieces.router,
    filing.router,
)
"""What a resident does, in person or through a mediator: the same pages, mounted twice."""

UNDER_A_MANDATE = "/mediateurs/mandats/{mandate}"

THE_STAFF: tuple[APIRouter, ...] = tuple(
    pages_of(kind)
    for kind in (AgentPerson, MediatorPerson, AdministratorPerson)
    for pages_of in (staff_sign_in_pages, own_account_pages, own_password_pages)
)

THE_AGENTS: tuple[APIRouter, ...] = (
    queues.router,
    agents_dossiers.router,
    agents_acts.router,
    agents_pieces.router,
    forks.router,
    forecasts.router,
    paper.router,
    incidents.router,
    campaigns.router,
    keyboard.router,
)

THE_MEDIATORS: tuple[APIRouter, ...] = (mandate_recording.router, mandates.router)

THE_AUTHORS: tuple[APIRouter, ...] = (authors.router, cases.router)


def counter(sees: Callable[..., Awaitable[None]], prefix: str = "") -> APIRouter:
    """The counter's pages for whoever `sees` establishes (`web/sign_in/identity.py`)."""
    mounted = APIRouter(prefix=prefix, dependencies=[Depends(sees)])
    for router in THE_COUNTER:
        mounted.include_router(router)
    return mounted


def include_all(pages: FastAPI) -> None:
    """Mount every page."""
    for router in PUBLIC:
        pages.include_router(router)
    for router in (*THE_STAFF, *THE_AGENTS, *THE_MEDIATORS, *THE_AUTHORS):
        pages.include_router(router)
    pages.include_router(counter(resident_here))
    pages.include_router(own_mandates.router)
    pages.include_router(own_account_pages(ResidentPerson))
    pages.include_router(counter(mediator_here, UNDER_A_MANDATE))
    pages.include_router(covered.router, prefix=UNDER_A_MANDATE, dependencies=[Depends(mediator_here)])
