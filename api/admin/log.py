"""The administrators' log: what was done, by whom, to what; it only grows."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from starlette.requests import Request
from starlette.responses import Response

from api.admin.office import AtWork
from api.http.cursors import Cursor, Limit, link_next, rank, read_one
from api.http.inputs import Out
from api.http.rooms import Room
from storage.accounts import admin_log

router = Room()


class EntryOut(Out):
    """One act; `actor` is null for the command line."""

    seq: int
    at: datetime
    actor: UUID | None
    action: str
    target: str
    detail: Mapping[str, object]


@router.get("/log")
async def read_log(
    request: Request,
    response: Response,
    office: AtWork,
    cursor: Cursor = None,
    limit: Limit = 50,
) -> list[EntryOut]:
    """The acts of administrators, the latest first."""
    found = await admin_log.page(office.connection, before=read_one(cursor, rank), limit=limit + 1)
    shown = found[:limit]
    link_next(request, response, [shown[-1].seq] if len(found) > limit else None)
    return [EntryOut.model_validate(one) for one in shown]
