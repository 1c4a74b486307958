"""The clocks that a forecast reads: those of open dossiers where something is due by a day. No key is opened."""

from collections.abc import Collection, Mapping, Sequence

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.calendar import Instant
from domain.futures.forecast import Running
from storage.engine.rows import of_row

# Each procedure gives its own range of the queues' index; each row then finds its clock by its key.
_DUE = """
    SELECT q.dossier, q.reference, q.procedure, c.plan, c.status, CAST(c.ledger ->> 'expires' AS date) AS expires,
           c.due_at, c.due_kind
    FROM unnest(CAST(:procedures AS text[])) AS p (procedure)
    CROSS JOIN LATERAL (
        SELECT r.dossier, r.reference, r.procedure FROM queue_row r
        WHERE r.procedure = p.procedure AND r.closed = false AND r.due_at <= CAST(:until AS timestamptz)
        ORDER BY r.due_at, r.dossier
    ) AS q
    CROSS JOIN LATERAL (SELECT k.* FROM clock k WHERE k.dossier = q.dossier LIMIT 1) AS c
    -- A queue begins by what the office is awaited for, which no law makes happen.
    WHERE c.due_at <= CAST(:until AS timestamptz)
"""
_EFFECTS = """
    SELECT sha256, CAST(body AS jsonb) -> 'clock' ->> 'silence' AS silence FROM pinned_plan WHERE sha256 = ANY (:plans)
"""


async def due_by(connection: AsyncConnection, procedures: Sequence[str], until: Instant) -> Mapping[str, list[Running]]:
    """The open clocks of those procedures where something is due by `until`, among those that the context may see."""
    given = {"procedures": list(procedures), "until": until}
    rows = (await connection.execute(text(_DUE), given)).mappings().all()
    effects = await silences(connection, {bytes(row["plan"]) for row in rows})
    found: dict[str, list[Running]] = {procedure: [] for procedure in procedures}
    for row in rows:
        silence = effects.get(bytes(row["plan"]), "none")
        found[row["procedure"]].append(of_row(Running, row, silence=silence))
    return found


async def silences(connection: AsyncConnection, plans: Collection[bytes]) -> Mapping[bytes, str]:
    """The effect of silence of each pinned plan, by its hash."""
    rows = await connection.execute(text(_EFFECTS), {"plans": list(plans)})
    return {bytes(row.sha256): row.silence or "none" for row in rows}


async def every_queue(connection: AsyncConnection) -> list[tuple[str, str]]:
    """Every group and procedure it serves; procedures that no group serves come under the empty group."""
    rows = await connection.execute(
        text(
            "SELECT coalesce(g.group_slug, '') AS slug, coalesce(g.procedure, p.procedure) AS procedure"
            " FROM group_procedure g FULL JOIN (SELECT DISTINCT procedure FROM pinned_plan) p USING (procedure)"
            " ORDER BY 1, 2"
        )
    )
    return [(row.slug, row.procedure) for row in rows]
