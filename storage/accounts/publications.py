"""Publishing by four eyes: one administrator asks, with the impact report in hand; another one publishes.

Both acts are entries of the administrators' log, which only grows: what was asked is read there, and nowhere else.
"""

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.publication import PublicationRequest
from storage.accounts.admin_log import note
from storage.tables.accounts import admin_log

ASKED, DONE = "publication.ask", "publication.publish"


async def ask(
    connection: AsyncConnection, actor: UUID, procedure: str, *, version: int, plan_sha256: str, report_sha256: str
) -> None:
    """Ask for this very plan to be published."""
    detail = {"version": version, "plan": plan_sha256, "report": report_sha256}
    await note(connection, actor, ASKED, procedure, **detail)


async def asked(connection: AsyncConnection, procedure: str) -> PublicationRequest | None:
    """The last publication asked for, unless it was published since."""
    statement = (
        select(admin_log)
        .where(admin_log.c.target == procedure, admin_log.c.action.in_((ASKED, DONE)))
        .order_by(admin_log.c.seq.desc())
        .limit(1)
    )
    row = (await connection.execute(statement)).mappings().first()
    if row is None or row["action"] == DONE:
        return None
    return PublicationRequest(
        procedure=procedure,
        version=int(row["detail"]["version"]),
        plan_sha256=str(row["detail"]["plan"]),
        report_sha256=str(row["detail"]["report"]),
        by=row["actor"],
        at=row["at"],
    )


async def done(connection: AsyncConnection, actor: UUID, published: PublicationRequest) -> None:
    """It was published by `actor`."""
    detail = {"version": published.version, "plan": published.plan_sha256, "report": published.report_sha256}
    await note(connection, actor, DONE, published.procedure, **detail)
