"""A dossier in an agents' queue: what stands in clear, in words."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncConnection

from api.http.inputs import Out
from api.shown.listed import title_of
from api.sign_in.identity import AgentPerson
from catalogue.territory import territory
from domain.calendar import Instant, civil
from domain.dues import DUES
from domain.words import awaited_label, due_label, status_label
from storage.engine.legal_time import legal_now
from storage.lists.forecasts import silences
from storage.lists.queues import Row

SOON = timedelta(days=7)


class RowOut(Out):
    """A dossier in a queue. With `due_passed`, what was due has happened and the status is about to follow.

    `due_soon`: it will within a week. `due`: what happens by itself at `due_at` if nobody acts, and bears the date
    of `due_on`. `awaited`: what is awaited, of the office or of the person; of the office from `awaited_at` on, and
    `late` once that is past.
    `commune` and `epci` are names, in words.
    """

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
    due_on: date | None
    due_kind: str | None
    due: str
    due_passed: bool
    due_soon: bool
    awaited: str
    awaited_at: datetime | None
    late: bool
    commune: str
    epci: str
    taken: bool
    mine: bool
    fields: dict[str, Any]


async def shown_rows(connection: AsyncConnection, rows: list[Row], agent: AgentPerson) -> list[RowOut]:
    """The rows as this agent sees them at this instant."""
    now, effects = await legal_now(connection), await silences(connection, {bytes(row.plan) for row in rows})
    return [_row(row, agent, now, effects) for row in rows]


def _row(row: Row, agent: AgentPerson, now: Instant, effects: Mapping[bytes, str]) -> RowOut:
    awaited_at = row.first_at if row.first_at != row.due_at else None
    return RowOut.showing(
        row,
        id=row.dossier,
        procedure_title=title_of(row.procedure),
        status_label=status_label(row.status),
        due_on=DUES[row.due_kind].dated(row.due_at) if row.due_at and row.due_kind else None,
        due_kind=row.due_kind if row.due_at else None,
        due=due_label(row.due_kind or "", effects.get(bytes(row.plan), "none")) if row.due_at else "",
        due_passed=row.due_at is not None and row.due_at <= now,
        due_soon=row.due_at is not None and now < row.due_at <= now + SOON,
        awaited=awaited_label(row.status, row.step, row.due_kind or "", of_office=awaited_at is not None),
        awaited_at=awaited_at,
        late=row.first_at is not None and row.first_at <= now,
        commune=_commune(row),
        epci=_epci(row),
        taken=row.agent is not None,
        mine=row.agent == agent.account,
        fields=dict(row.fields),
    )


def _commune(row: Row) -> str:
    found = territory().commune(row.commune, civil(row.filed_at)) if row.commune else None
    return found.name if found is not None else row.commune or ""


def _epci(row: Row) -> str:
    edition = territory().edition(civil(row.filed_at))
    return edition.epci.get(row.epci, row.epci) if edition is not None and row.epci else row.epci or ""
