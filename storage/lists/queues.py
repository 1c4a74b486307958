"""Agents' queues: keyset pages over the facts that stand in clear, one index range for each procedure."""

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
    """Which rows, after which one (`after`: the sort key as text, then the dossier), and how many at most.

    `among`: those dossiers alone; `descending`: from the last one, in which sense `after` is to be read.
    """

    closed: bool = False
    sort: Sort = "due"
    descending: bool = False
    status: str | None = None
    commune: str | None = None
    epci: str | None = None
    due_before: Instant | None = None
    agent: UUID | None = None
    untaken: bool = False
    among: Sequence[UUID] | None = None
    after: tuple[str, UUID] | None = None
    limit: int = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One dossier of a queue. `due_at` is None when nothing happens by itself; `at` is the sort key, as text.

    `first_at`: when that happens, or from when the office is awaited for something else, whichever comes first.
    `plan` is the hash of the version that it follows.
    """

    dossier: UUID
    reference: str
    procedure: str
    office: str
    commune: str | None
    epci: str | None
    status: str
    closed: bool
    filed_at: datetime
    first_at: datetime | None
    due_at: datetime | None
    step: str
    due_kind: str | None
    plan: bytes
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
        "commune": wanted.commune,
        "epci": wanted.epci,
        "among": None if wanted.among is None else list(wanted.among),
        "before": wanted.due_before,
        "agent": wanted.agent,
        "at": wanted.after[0] if wanted.after else None,
        "dossier": wanted.after[1] if wanted.after else None,
        "limit": wanted.limit,
    }
    rows = (await connection.execute(text(_statement(wanted)), given)).mappings()
    return [Row(**row) for row in rows]


async def rows_of(connection: AsyncConnection, dossiers: Sequence[UUID], sort: Sort = "due") -> list[Row]:
    """The rows of those dossiers that the context may see, the latest first."""
    found = text(
        f"SELECT {_columns(sort)} FROM queue_row r {_CLOCK} WHERE r.dossier = ANY (:dossiers) ORDER BY r.dossier DESC"  # noqa: S608 (the names come from this file)
    )
    return [Row(**row) for row in (await connection.execute(found, {"dossiers": list(dossiers)})).mappings()]


async def open_counts(
    connection: AsyncConnection, procedures: Sequence[str], late_at: Instant | None = None
) -> Mapping[str, int]:
    """How many open dossiers each procedure has, among those that the context sees; those late at `late_at`, or all."""
    found = text(
        "SELECT procedure, count(*) AS open FROM queue_row WHERE procedure = ANY (:procedures) AND NOT closed"
        " AND due_at <= coalesce(CAST(:late AS timestamptz), 'infinity') GROUP BY procedure"
    )
    given = {"procedures": list(procedures), "late": late_at}
    return {row.procedure: row.open for row in await connection.execute(found, given)}


_CLOCK = (
    "CROSS JOIN LATERAL"
    " (SELECT k.due_at, k.due_kind, k.step, k.plan FROM clock k WHERE k.dossier = r.dossier LIMIT 1) AS c"
)


def _columns(sort: Sort) -> str:
    return (
        "r.dossier, r.reference, r.procedure, r.office, r.commune, r.epci, r.status, r.closed, r.filed_at,"
        " nullif(r.due_at, 'infinity') AS first_at, c.due_at, c.step, c.due_kind, c.plan, r.agent,"
        f" r.fields, r.seq AS version, CAST(r.{COLUMN[sort]} AS text) AS at"
    )


def _conditions(wanted: Wanted) -> str:
    key, after = COLUMN[wanted.sort], "<" if wanted.descending else ">"
    every = {
        "q.status = :status": wanted.status is not None,
        "q.commune = :commune": wanted.commune is not None,
        "q.epci = :epci": wanted.epci is not None,
        "q.due_at < CAST(:before AS timestamptz)": wanted.due_before is not None,
        "q.agent = :agent": wanted.agent is not None,
        "q.agent IS NULL": wanted.untaken,
        "q.dossier = ANY (CAST(:among AS uuid[]))": wanted.among is not None,
        f"(q.{key}, q.dossier) {after} (CAST(:at AS timestamptz), CAST(:dossier AS uuid))": wanted.after is not None,
    }
    asked = [condition for condition, is_asked in every.items() if is_asked]
    return " AND ".join(["q.procedure = p.procedure", "q.closed = :closed", *asked])


def _statement(wanted: Wanted) -> str:
    """Each procedure gives its first rows by its own index; the merge keeps the first, and reads their clocks."""
    key, way = COLUMN[wanted.sort], "DESC" if wanted.descending else "ASC"
    return f"""
        SELECT {_columns(wanted.sort)} FROM (
            SELECT m.* FROM unnest(CAST(:procedures AS text[])) AS p (procedure)
            CROSS JOIN LATERAL (
                SELECT q.* FROM queue_row q
                WHERE {_conditions(wanted)}
                ORDER BY q.{key} {way}, q.dossier {way} LIMIT :limit
            ) AS m
            ORDER BY m.{key} {way}, m.dossier {way} LIMIT :limit
        ) AS r {_CLOCK}
        ORDER BY r.{key} {way}, r.dossier {way}
    """  # noqa: S608 (the names come from this file)
