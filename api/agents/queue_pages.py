"""One page of a queue, filtered and sorted as the URL asks, and the dossiers around one of them."""

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from fastapi import Query
from sqlalchemy.ext.asyncio import AsyncConnection

from api.http import problem_types as types
from api.http.cursors import Cursor, Limit, malformed, written
from api.http.cursors import read as read_cursor
from api.http.inputs import In, Key, Moment
from api.http.problems import Problem
from api.services import Services
from api.shown.queue import RowOut, shown_rows
from api.sign_in.identity import AgentPerson
from storage.lists import queues
from storage.lists.queues import Row, Sort, Wanted
from storage.lists.search import search
from storage.register import access_log
from storage.register.lock import NotFound

MOST_FOUND = 500


class WantedIn(In):
    """Which rows of a queue, and in which order (`-`: from the last one); one page of them."""

    procedure: Key | None = None
    status: Key | None = None
    commune: Annotated[str | None, Query(pattern=r"^[0-9][0-9AB][0-9]{3}$")] = None
    epci: Annotated[str | None, Query(pattern=r"^[0-9]{9}$")] = None
    due_before: Moment | None = None
    mine: bool = False
    untaken: bool = False
    closed: bool = False
    q: Annotated[str | None, Query(min_length=2, max_length=200)] = None
    sort: Literal["due", "filed", "-due", "-filed"] = "due"
    limit: Limit = 50
    cursor: Cursor = None

    @property
    def key(self) -> Sort:
        """By what it is sorted."""
        return "due" if self.sort in {"due", "-due"} else "filed"

    def rows(self, agent: AgentPerson, among: list[UUID] | None, after: "After | None", *, limit: int) -> Wanted:
        """As the storage wants it, from a row on, or back from it."""
        return Wanted(
            closed=self.closed,
            sort=self.key,
            descending=self.sort.startswith("-") != (after is not None and after.back),
            status=self.status,
            commune=self.commune,
            epci=self.epci,
            due_before=self.due_before,
            agent=agent.account if self.mine else None,
            untaken=self.untaken,
            among=among,
            after=None if after is None else (after.at, after.dossier),
            limit=limit,
        )


@dataclass(frozen=True, slots=True)
class After:
    """The row after which a page goes on, or before which it goes `back`."""

    at: str
    dossier: UUID
    back: bool = False

    def cursor(self, sort: str) -> list[str]:
        """As the cursor says it."""
        return [sort, self.at, str(self.dossier), "previous" if self.back else "next"]


@dataclass(frozen=True, slots=True, kw_only=True)
class QueuePage:
    """One page of a queue; `next` and `previous` are cursors, None at its ends."""

    rows: list[RowOut]
    next: str | None = None
    previous: str | None = None


async def queue_page(group: str, wanted: WantedIn, agent: AgentPerson, services: Services) -> QueuePage:
    """One page of a queue, with the cursors of those around it. Raises Problem."""
    _refuse_foreign(agent, group)
    after = _after(wanted.cursor, wanted.sort)
    back = after is not None and after.back
    async with services.database.transaction(agent.context) as connection:
        served, among = await _within(connection, services, group, wanted)
        asked = wanted.rows(agent, among, after, limit=wanted.limit + 1)
        found = await queues.page(connection, served, asked)
        shown, more = found[: wanted.limit], len(found) > wanted.limit
        rows = await shown_rows(connection, shown[::-1] if back else shown, agent)
        if wanted.q is not None:
            await access_log.note_each(connection, [row.dossier for row in shown], agent.actor, "search")
    first, last = (shown[-1], shown[0]) if shown and back else (shown[0], shown[-1]) if shown else (None, None)
    return QueuePage(
        rows=rows,
        next=_cursor(last, wanted.sort) if more or back else None,
        previous=_cursor(first, wanted.sort, back=True) if (more if back else after is not None) else None,
    )


async def neighbours(
    group: str, wanted: WantedIn, dossier: UUID, agent: AgentPerson, services: Services
) -> tuple[UUID | None, UUID | None]:
    """The dossiers before and after that one in the queue so filtered; None at its ends. Raises Problem, NotFound."""
    _refuse_foreign(agent, group)
    async with services.database.transaction(agent.context) as connection:
        served, among = await _within(connection, services, group, wanted)
        here = await queues.rows_of(connection, [dossier], wanted.key)
        if not here:
            raise NotFound
        around = [
            await queues.page(
                connection, served, wanted.rows(agent, among, After(here[0].at, dossier, back=back), limit=1)
            )
            for back in (True, False)
        ]
    previous, following = (found[0].dossier if found else None for found in around)
    return previous, following


def _refuse_foreign(agent: AgentPerson, group: str) -> None:
    """The same answer for a group that does not exist and for one that is not the agent's."""
    if group not in agent.groups:
        raise Problem(types.NOT_FOUND, "Vous n'avez pas de groupe de ce nom. Les vôtres sont à /v1/agents/queues.")


async def _within(
    connection: AsyncConnection, services: Services, group: str, wanted: WantedIn
) -> tuple[list[str], list[UUID] | None]:
    """The procedures of the queue, and the dossiers that hold the words asked for (None: all)."""
    served = [one for one in await queues.procedures_of(connection, group) if wanted.procedure in (None, one)]
    if wanted.q is None:
        return served, None
    return served, await search(connection, services.master, wanted.q, served, MOST_FOUND)


def _after(cursor: str | None, sort: str) -> After | None:
    """Where to go on. Raises Problem for a cursor of another list."""
    values = read_cursor(cursor, 4)
    if values is None:
        return None
    if values[0] != sort or values[3] not in {"next", "previous"}:
        raise malformed()
    at = str(values[1])
    try:
        known = at if at == queues.NEVER else datetime.fromisoformat(at).isoformat()
        return After(known, UUID(str(values[2])), back=values[3] == "previous")
    except ValueError as error:
        raise malformed() from error


def _cursor(row: Row | None, sort: str, *, back: bool = False) -> str | None:
    return None if row is None else written(After(row.at, row.dossier, back=back).cursor(sort))
