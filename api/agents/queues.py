"""Queues by group: keyset pages, filtered and sorted by the URL."""

from typing import Annotated

from fastapi import Query, Request, Response

from api.agents.queue_pages import WantedIn, queue_page
from api.http.cursors import link_pages
from api.http.inputs import Out
from api.http.rooms import Room
from api.services import Use
from api.shown.listed import title_of
from api.shown.queue import RowOut, shown_rows
from api.sign_in.identity import Agent
from storage.engine.legal_time import legal_now
from storage.lists import queues
from storage.lists.search import search
from storage.register import access_log

router = Room()


class ServedOut(Out):
    """A procedure that a group serves, how many of its dossiers are open, and how many of those are late.

    Late: the office should have done something already, or what was due has happened.
    """

    procedure: str
    title: str
    open: int
    late: int


class QueueOut(Out):
    """A group of mine, the role I hold in it, and what it serves."""

    group: str
    role: str
    serves: list[ServedOut]


@router.get("/queues")
async def list_queues(agent: Agent, services: Use) -> list[QueueOut]:
    """My groups, with the number of open dossiers of each procedure."""
    async with services.database.transaction(agent.context) as connection:
        served = {group: await queues.procedures_of(connection, group) for group in sorted(agent.groups)}
        every = sorted({one for each in served.values() for one in each})
        open_ones = await queues.open_counts(connection, every)
        late = await queues.open_counts(connection, every, late_at=await legal_now(connection))
    return [
        QueueOut(
            group=group,
            role=agent.groups[group],
            serves=[
                ServedOut(procedure=p, title=title_of(p), open=open_ones.get(p, 0), late=late.get(p, 0))
                for p in procedures
            ],
        )
        for group, procedures in served.items()
    ]


@router.get("/queues/{group}")
async def read_queue(
    group: str,
    wanted: Annotated[WantedIn, Query()],
    request: Request,
    response: Response,
    agent: Agent,
    services: Use,
) -> list[RowOut]:
    """The dossiers of one group of mine, the most urgent first (or the oldest: `sort=filed`).

    With `q`, those that hold every word: the resident sees to whom each of those shown was shown.
    """
    found = await queue_page(group, wanted, agent, services)
    link_pages(request, response, next=found.next, prev=found.previous)
    return found.rows


@router.get("/search")
async def search_dossiers(
    q: Annotated[str, Query(min_length=2, max_length=200, description="Une référence, ou des mots du formulaire.")],
    agent: Agent,
    services: Use,
) -> list[RowOut]:
    """The dossiers of my groups that hold every word, the latest first (fifty at most).

    That a dossier holds these words is something read of it: the resident sees to whom it was shown.
    """
    async with services.database.transaction(agent.context) as connection:
        served = {one for group in agent.groups for one in await queues.procedures_of(connection, group)}
        found = await search(connection, services.master, q, sorted(served))
        rows = await queues.rows_of(connection, found)
        await access_log.note_each(connection, [row.dossier for row in rows], agent.actor, "search")
        return await shown_rows(connection, rows, agent)
