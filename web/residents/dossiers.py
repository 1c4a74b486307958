"""One request: where it stands, what comes next, when and why; its journal, who read it, its future."""

from datetime import timedelta
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Response

from api import forks
from api.residents import dossiers as api
from api.residents import letters as api_letters
from api.residents.acting import ActingPerson
from api.services import Use
from domain.sentence import N_
from web.residents.acts import PAGES
from web.residents.dossier_view import DossierView, opened
from web.residents.status_words import next_words, stands
from web.residents.written import Written, decided, provisional
from web.site.page import At, Here
from web.site.rendering import page

router = APIRouter()
HORIZON = timedelta(days=366)


@router.get("/dossiers/{dossier}")
async def dossier_page(dossier: UUID, here: At, acting: ActingPerson, services: Use) -> Response:
    """Where it stands, and everything that one may do."""
    one = await opened(services, here, acting, dossier)
    letters = await api_letters.list_letters(dossier, acting, services)
    return page(
        here,
        "residents/dossier.html",
        one=one,
        stands=stands(one.shown),
        next_words=next_words,
        letters=letters,
        messages=one.messages(),
        writings=[each for each in one.journal(acting) if each.written],
        plan=one.dossier.plan,
        written=_written(here, one),
        provisional=_provisional(here, one),
        offered=[each for each in PAGES.values() if each.link and each.possible(one)],
    )


def _provisional(here: Here, one: DossierView) -> Written | None:
    said = one.shown.silence
    return None if said is None else provisional(here, one.dossier.plan, said.amounts)


def _written(here: Here, one: DossierView) -> Written | None:
    said = one.shown.decision
    return None if said is None else decided(here, one.dossier.plan, said.outcome, said.content)


@router.get("/dossiers/{dossier}/pourquoi")
async def why_page(dossier: UUID, here: At, acting: ActingPerson, services: Use) -> Response:
    """Every date and status, with its event, its rule and its article."""
    return page(here, "residents/why.html", one=await opened(services, here, acting, dossier))


@router.get("/dossiers/{dossier}/journal")
async def journal_page(dossier: UUID, here: At, acting: ActingPerson, services: Use) -> Response:
    """What happened, and who did it."""
    one = await opened(services, here, acting, dossier)
    return page(here, "residents/journal.html", one=one, entries=one.journal(acting))


@router.get("/dossiers/{dossier}/lecteurs")
async def readers_page(dossier: UUID, here: At, acting: ActingPerson, services: Use) -> Response:
    """Who has read my dossier."""
    one = await opened(services, here, acting, dossier)
    found = await api.list_readers(dossier, acting, services)
    return page(here, "residents/readers.html", one=one, readers=found, read=READ, readers_of=WHO)


@router.get("/dossiers/{dossier}/avenir")
async def future_page(
    dossier: UUID, here: At, acting: ActingPerson, services: Use, months: Annotated[int, Query(ge=1, le=60)] = 12
) -> Response:
    """What will become of it if nobody acts."""
    one = await opened(services, here, acting, dossier)
    until = one.seen.at + months * HORIZON / 12
    told = forks.forked(one.seen, forks.ForkIn.model_validate({"until": until.isoformat()}), acting.viewer)
    ahead = [line for line in told.lines if line.basis == "imagined"]
    return page(here, "residents/future.html", one=one, told=told, ahead=ahead, months=months)


READ = {
    "dossier": N_("La demande"),
    "documents": N_("La liste des documents"),
    "document": N_("Un document"),
    "document_facts": N_("La description d'un document"),
    "letters": N_("La liste des lettres"),
    "messages": N_("Les messages"),
    "readers": N_("La liste des lectures"),
    "fork": N_("L'avenir imaginé"),
    "letter": N_("Une lettre"),
    "journal": N_("Le journal"),
    "explanation": N_("L'explication"),
    "export": N_("Un export"),
}
WHO = {
    "agent": N_("Agent"),
    "mediator": N_("Médiateur"),
    "system": N_("Autre service"),
    "administrator": N_("Administrateur"),
    "worker": N_("Le guichet"),
    "resident": N_("Vous"),
}
