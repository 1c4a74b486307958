"""Agents' queues: keyset pages over the facts that stand in clear, one index range for each procedure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.calendar import Instant

Sort = Literal["due", "filed"]
COLUMN: Mapping[Sort, str] = {"due": "due_at", "filed": "filed_at"}
NEVER = "infinity"


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Which rows, after which one (`after`: the sort key as text, then the dossier), and how many at most."""

    closed: bool = False
    sort: Sort = "due"
    status: str | None = None
    due_before: Instant | None = None
    agent: UUID | None = None
    after: tuple[str, UUID] | None = None
    limit: int = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One dossier of a queue. `due_at` is None when nothing happens by itself; `at` is the sort key, as text."""

    dossier: UUID
    reference: str
    procedure: str
    office: str
    status: str
    closed: bool
    filed_at: datetime
    due_at: datetime | None
    agent: UUID | None
    fields: Mapping[str, Any]
    version: int
    at: str


async def procedures_of(connection: AsyncConnection, group: str) -> list[str]:
    """The procedures that a group serves, in order."""
    found = text("SELECT procedure FROM group_procedure WHERE group_slug = :group ORDER BY procedure")
    return list((await connection.execute(found, {"group": group})).scalars())


async def groups_serving(connection: AsyncConnection, dossier: UUID, groups: Sequence[str]) -> list[str]:
    """Which of those groups serve a dossier that the context may see; none for another."""
    found = text(
        "SELECT gp.group_slug FROM group_procedure gp JOIN dossier d ON d.procedure = gp.procedure"
        " WHERE d.id = :dossier AND gp.group_slug = ANY (:groups)"
    )
    return list((await connection.execute(found, {"dossier": dossier, "groups": list(groups)})).scalars())


async def page(connection: AsyncConnection, procedures: Sequence[str], wanted: Wanted) -> list[Row]:
    """The rows of those procedures that the context may see, in the order wanted."""
    given: dict[str, Any] = {
        "procedures": list(procedures),
        "closed": wanted.closed,
        "status": wanted.status,
        "before": wanted.due_before,
        "agent": wanted.agent,
        "at": wanted.after[0] if wanted.after else None,
        "dossier": wanted.after[1] if wanted.after else None,
        "limit": wanted.limit,
    }
    rows = (await connection.execute(text(_statement(wanted)), given)).mappings()
    return [Row(**row) for row in rows]


async def rows_of(connection: AsyncConnection, dossiers: Sequence[UUID]) -> list[Row]:
    """The rows of those dossiers that the context may see, the latest first."""
    found = text(
        "SELECT dossier, reference, procedure, office, status, closed, filed_at, nullif(due_at, 'infinity') AS due_at,"
        " agent, fields, seq AS version, CAST(due_at AS text) AS at FROM queue_row"
        " WHERE dossier = ANY (:dossiers) ORDER BY dossier DESC"
    )
    return [Row(**row) for row in (await connection.execute(found, {"dossiers": list(dossiers)})).mappings()]


async def open_counts(connection: AsyncConnection, procedures: Sequence[str]) -> Mapping[str, int]:
    """How many open dossiers each procedure has, among those that the context may see."""
    found = text(
        "SELECT procedure, count(*) AS open FROM queue_row"
        " WHERE procedure = ANY (:procedures) AND NOT closed GROUP BY procedure"
    )
    rows = await connection.execute(found, {"procedures": list(procedures)})
    return {row.procedure: row.open for row in rows}


def _statement(wanted: Wanted) -> str:
    """Each procedure gives its first rows by its own index; the merge keeps the first of all."""
    key = COLUMN[wanted.sort]
    conditions = ["q.procedure = p.procedure", "q.closed = :closed"]
    if wanted.status is not None:
        conditions.append("q.status = :status")
    if wanted.due_before is not None:
        conditions.append("q.due_at < CAST(:before AS timestamptz)")
    if wanted.agent is not None:
        conditions.append("q.agent = :agent")
    if wanted.after is not None:
        conditions.append(f"(q.{key}, q.dossier) > (CAST(:at AS timestamptz), CAST(:dossier AS uuid))")
    return f"""
        SELECT r.dossier, r.reference, r.procedure, r.office, r.status, r.closed, r.filed_at,
               nullif(r.due_at, 'infinity') AS due_at, r.agent, r.fields, r.seq AS version,
               CAST(r.{key} AS text) AS at
        FROM unnest(CAST(:procedures AS text[])) AS p (procedure)
        CROSS JOIN LATERAL (
            SELECT q.* FROM queue_row q
            WHERE {" AND ".join(conditions)}
            ORDER BY q.{key}, q.dossier LIMIT :limit
        ) AS r
        ORDER BY r.{key}, r.dossier LIMIT :limit
    """  # noqa: S608 (the names come from this file)
