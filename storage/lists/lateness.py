"""What is late, from PostgreSQL alone: nothing here settles, sends or decides."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

LATE_SECONDS = 60
AT_ONCE = 500
_LOCK = 7_391_002

# Since the workflow last looked at the dossier, or since it was filed when it never did.
_UNSEEN = "coalesce(c.at, d.created_at) < clock_timestamp() - :late * interval '1 second'"
_CAUSES = {
    "carried_behind": f"""
        SELECT d.id::text AS subject, d.procedure FROM dossier d LEFT JOIN carried c ON c.dossier = d.id
        WHERE d.purged_at IS NULL AND coalesce(c.seq, 0) < d.version AND {_UNSEEN}
        ORDER BY d.id LIMIT :limit
    """,  # noqa: S608 (words of ours)
    "effect_pending": f"""
        SELECT DISTINCT d.id::text AS subject, d.procedure
        FROM effect e JOIN dossier d ON d.id = e.dossier LEFT JOIN carried c ON c.dossier = d.id
        WHERE e.status = 'pending' AND d.purged_at IS NULL AND {_UNSEEN}
          AND (e.not_before IS NULL OR e.not_before < clock_timestamp())
        LIMIT :limit
    """,  # noqa: S608 (words of ours)
    "due_past": """
        SELECT d.id::text AS subject, d.procedure FROM clock k JOIN dossier d ON d.id = k.dossier
        WHERE k.due_at < legal_now() - :late * interval '1 second' AND d.purged_at IS NULL
        ORDER BY k.due_at LIMIT :limit
    """,
    "wake_past": """
        SELECT d.id::text AS subject, d.procedure FROM carried c JOIN dossier d ON d.id = c.dossier
        WHERE c.wake_at < clock_timestamp() - :late * interval '1 second' AND d.purged_at IS NULL
        ORDER BY c.wake_at LIMIT :limit
    """,
}
CAUSES = tuple(_CAUSES)


@dataclass(frozen=True, slots=True)
class Late:
    """A dossier whose workflow should have looked at it."""

    subject: str
    procedure: str


async def look(connection: AsyncConnection, cause: str, *, late: float = LATE_SECONDS) -> list[Late]:
    """The dossiers late for one of CAUSES by more than `late` seconds, at most AT_ONCE."""
    rows = await connection.execute(text(_CAUSES[cause]), {"late": late, "limit": AT_ONCE})
    return [Late(row.subject, row.procedure) for row in rows]


async def alone(connection: AsyncConnection) -> bool:
    """Whether this transaction is the only reconciler at work."""
    return bool((await connection.execute(text("SELECT pg_try_advisory_xact_lock(:lock)"), {"lock": _LOCK})).scalar())


async def procedures_of(connection: AsyncConnection, dossiers: Sequence[str]) -> dict[str, str]:
    """The procedures of dossiers, by identifier."""
    if not dossiers:
        return {}
    wanted = text("SELECT id::text AS id, procedure FROM dossier WHERE id = ANY (CAST(:ids AS uuid[]))")
    return {row.id: row.procedure for row in await connection.execute(wanted, {"ids": list(dossiers)})}
