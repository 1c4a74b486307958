"""Queues by group: keyset pages, filtered and sorted by the URL."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from fastapi import APIRouter, Query, Request, Response

from api import problem_types as types
from api.cursors import Cursor, Limit, link_next, malformed
from api.cursors import read as read_cursor
from api.identity import Agent, AgentPerson
from api.inputs import In, Key, Moment, Out
from api.problems import Problem
from api.services import Use
from api.shown.listed import title_of
from domain.calendar import Instant
from domain.words import status_label
from storage import access_log, queues
from storage.legal_time import legal_now
from storage.queues import Row, Wanted
from storage.search import search

router = APIRouter()


class ServedOut(Out):
    """A procedure that a group serves, and how many of its dossiers are open."""

    procedure: str
    title: str
    open: int


class QueueOut(Out):
    """A group of mine, the role I hold in it, and what it serves."""

    group: str
    role: str
    serves: list[ServedOut]


class RowOut(Out):
    """A dossier in a queue. With `due_passed`, what was due has happened and the status is about to follow."""

    id: UUID
    reference: str
    procedure: str
    procedure_title: str
    status: str
    status_label: str
    closed: bool
    version: int
    filed_at: datetime
    due_at: datetime | None
    due_passed: bool
    taken: bool
    mine: bool
    fields: dict[str, Any]


class WantedIn(In):
    """Which rows of a queue, and in which order; one page of them."""

    procedure: Key | None = None
    status: Key | None = None
    due_before: Moment | None = None
    mine: bool = False
    closed: bool = False
    sort: Literal["due", "filed"] = "due"
    limit: Limit = 50
    cursor: Cursor = None

    def rows(self, agent: AgentPerson) -> Wanted:
        """As the storage wants it, one row more than the page: it says whether there is a next one."""
        return Wanted(
            closed=self.closed,
            sort=self.sort,
            status=self.status,
            due_before=self.due_before,
            agent=agent.account if self.mine else None,
            after=_after(self.cursor, self.sort),
            limit=self.limit + 1,
        )


@router.get("/queues")
async def list_queues(agent: Agent, services: Use) -> list[QueueOut]:
    """My groups, with the number of open dossiers of each procedure."""
    async with services.database.transaction(agent.context) as connection:
        served = {group: await queues.procedures_of(connection, group) for group in sorted(agent.groups)}
        counts = await queues.open_counts(connection, sorted({one for each in served.values() for one in each}))
    return [
        QueueOut(
            group=group,
            role=agent.groups[group],
            serves=[ServedOut(procedure=p, title=title_of(p), open=counts.get(p, 0)) for p in procedures],
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
    """The dossiers of one group of mine, the most urgent first (or the oldest: `sort=filed`)."""
    _refuse_foreign(agent, group)
    async with services.database.transaction(agent.context) as connection:
        served = await queues.procedures_of(connection, group)
        among = [one for one in served if wanted.procedure in (None, one)]
        found = await queues.page(connection, among, wanted.rows(agent))
        now = await legal_now(connection)
    last = found[wanted.limit - 1] if len(found) > wanted.limit else None
    link_next(request, response, [wanted.sort, last.at, str(last.dossier)] if last is not None else None)
    return [_shown(row, agent, now) for row in found[: wanted.limit]]


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
        rows, now = await queues.rows_of(connection, found), await legal_now(connection)
        await access_log.note_each(connection, [row.dossier for row in rows], agent.actor, "search")
    return [_shown(row, agent, now) for row in rows]


def _refuse_foreign(agent: AgentPerson, group: str) -> None:
    """The same answer for a group that does not exist and for one that is not the agent's."""
    if group not in agent.groups:
        raise Problem(types.NOT_FOUND, "Vous n'avez pas de groupe de ce nom. Les vôtres sont à /v1/agents/queues.")


def _after(cursor: str | None, sort: str) -> tuple[str, UUID] | None:
    """The sort key and the dossier after which to go on. Raises Problem for a cursor of another list."""
    values = read_cursor(cursor, 3)
    if values is None:
        return None
    if values[0] != sort:
        raise malformed()
    at = str(values[1])
    try:
        return (at if at == queues.NEVER else datetime.fromisoformat(at).isoformat(), UUID(str(values[2])))
    except ValueError as error:
        raise malformed() from error


def _shown(row: Row, agent: AgentPerson, now: Instant) -> RowOut:
    return RowOut(
        id=row.dossier,
        reference=row.reference,
        procedure=row.procedure,
        procedure_title=title_of(row.procedure),
        status=row.status,
        status_label=status_label(row.status),
        closed=row.closed,
        version=row.version,
        filed_at=row.filed_at,
        due_at=row.due_at,
        due_passed=row.due_at is not None and row.due_at <= now,
        taken=row.agent is not None,
        mine=row.agent == agent.account,
        fields=dict(row.fields),
    )
