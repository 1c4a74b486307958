"""The agents' queues: my groups with their counts, and each group's list, filtered, sorted and paged by its address."""

from collections.abc import Mapping
from datetime import UTC, datetime

from fastapi import APIRouter
from starlette.responses import Response

from api.agents.queue_pages import QueuePage, queue_page
from api.agents.queues import QueueOut, list_queues, search_dossiers
from api.services import Use
from api.shown.listed import title_of
from catalogue.territory import Edition, territory
from domain.calendar import civil
from domain.sentence import N_
from domain.words import STATUS
from web.agents.filters import Asked, Filters
from web.sign_in.identity import Agent
from web.site.page import At
from web.site.rendering import page

router = APIRouter(prefix="/agents")
SHORTEST, LONGEST = 2, 200
ROLES = {"reader": N_("lecture"), "instructor": N_("instruction"), "signatory": N_("signature")}


@router.get("/")
async def my_queues(here: At, agent: Agent, services: Use) -> Response:
    """My groups, what each serves, and how many requests are open."""
    return page(here, "agents/queues.html", queues=await list_queues(agent, services), roles=ROLES)


@router.get("/files/{group}")
async def queue(group: str, here: At, asked: Asked, agent: Agent, services: Use) -> Response:
    """One group's requests, the most urgent first unless the address says otherwise."""
    wanted = asked.wanted()
    found = QueuePage(rows=[]) if wanted is None else await queue_page(group, wanted, agent, services)
    mine: QueueOut = next(one for one in await list_queues(agent, services) if one.group == group)
    return page(
        here,
        "agents/queue.html",
        status=200 if wanted is not None else 422,
        queue=mine,
        found=found,
        asked=asked,
        wrong=wanted is None,
        choices=_choices(mine),
        shown=_filters_in_words(asked),
    )


def _choices(mine: QueueOut) -> Mapping[str, Mapping[str, str]]:
    """What each filter proposes: values with their words."""
    edition = _edition()
    communes = sorted(edition.communes, key=lambda one: one.name) if edition else []
    return {
        "demarche": {one.procedure: one.title for one in mine.serves},
        "statut": STATUS,
        "commune": {one.insee: one.name for one in communes},
        "epci": dict(sorted(edition.epci.items(), key=lambda one: one[1])) if edition else {},
    }


def _filters_in_words(asked: Filters) -> str:
    """The filters as the list's caption says them; empty without any."""
    edition = _edition()
    places = {one.insee: one.name for one in edition.communes} if edition else {}
    said = (
        title_of(asked.demarche) if asked.demarche else "",
        STATUS.get(asked.statut, asked.statut),
        places.get(asked.commune, asked.commune),
        edition.epci.get(asked.epci, asked.epci) if edition else asked.epci,
        f"« {asked.q} »" if asked.q else "",
    )
    return " · ".join(filter(None, said))


def _edition() -> Edition | None:
    return territory().edition(civil(datetime.now(UTC)))


@router.get("/recherche")
async def search(here: At, agent: Agent, services: Use, q: str = "") -> Response:
    """The requests of all my groups that hold every word; nothing is looked for before two letters."""
    words = q.strip()[:LONGEST]
    rows = await search_dossiers(words, agent, services) if len(words) >= SHORTEST else None
    return page(here, "agents/search.html", q=words, rows=rows)
