"""Incidents: what the machine gave up, until an agent says that it was dealt with."""

import re
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Query
from starlette.responses import Response

from api.agents.incidents import close_incident, open_incidents, redo_incident, redoable
from api.services import Use
from domain.sentence import N_
from web.sign_in.identity import Agent
from web.site.confirmations import confirmation
from web.site.form_data import Posted
from web.site.page import At
from web.site.rendering import page, redirect

router = APIRouter(prefix="/agents/incidents")
CLOSED = confirmation("incident", N_("L'incident est clos."))
REDONE = confirmation("refaire", N_("C'est en train d'être refait. L'incident revient si cela échoue encore."))
_NEXT = re.compile(r'<[^>]*[?&]cursor=([^&>]+)[^>]*>; rel="next"')
EFFECTS = {
    "letter": N_("Une lettre n'a pas pu être faite"),
    "email": N_("Un courriel n'a pas pu partir"),
    "tell": N_("Les agents n'ont pas pu être prévenus"),
    "notice": N_("Un avis n'a pas pu être mis à disposition"),
    "payment": N_("Un paiement n'a pas pu être transmis"),
    "incident": N_("Un fait tardif contredit ce que le silence avait décidé"),
}
REASONS = {
    "address_refused": N_(
        "Le serveur de courriel refuse définitivement cette adresse : corrigez-la, ou joignez la personne."
    ),
    "notice_no_address": N_("Aucune adresse ne permet d'annoncer la lettre : envoyez-la par la poste, en recommandé."),
    "notice_refused": N_("L'avis électronique est refusé : envoyez la lettre par la poste, en recommandé."),
    "notice_away": N_("Aucun serveur n'a pris l'avis à temps : envoyez la lettre par la poste, en recommandé."),
    "unrenderable": N_("Son modèle n'a pas pu être rempli."),
    "letter_missing": N_("La lettre n'est pas faite."),
    "notice_failed": N_("La lettre n'était pas faite, ou le stockage ne répondait pas."),
    "MailNotSent": N_("Le serveur de courriel ne l'a pas pris."),
}


@router.get("")
async def incidents_page(
    here: At, agent: Agent, services: Use, cursor: Annotated[str | None, Query(alias="page")] = None
) -> Response:
    """The open incidents of my groups, the oldest first."""
    found = await open_incidents(agent, services, cursor=cursor)
    shown: dict[str, Any] = {
        "incidents": found.shown,
        "effects": EFFECTS,
        "reasons": REASONS,
        "redoable": redoable,
        "after": found.following,
    }
    return page(here, "agents/incidents.html", **shown)


@router.post("/{incident}")
async def close(incident: UUID, here: At, agent: Agent, services: Use, form: Posted) -> Response:
    """Say that it was dealt with."""
    del form
    await close_incident(incident, agent, services)
    return redirect(here.url("/agents/incidents", dit=CLOSED))


@router.post("/{incident}/refaire")
async def redo(incident: UUID, here: At, agent: Agent, services: Use, form: Posted) -> Response:
    """Have it done again."""
    del form
    await redo_incident(incident, agent, services)
    return redirect(here.url("/agents/incidents", dit=REDONE))
