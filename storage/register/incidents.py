"""Incidents: what the machine gave up, or may not judge, put before an agent."""

from dataclasses import dataclass, field
from uuid import UUID

from sqlalchemy import select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection
from uuid_utils.compat import uuid7

from domain.calendar import Instant
from storage.engine.keys import DossierKey
from storage.register import outbox
from storage.tables.dossiers import dossier as dossier_table
from storage.tables.effects import effect, incident


async def open_incident(
    connection: AsyncConnection,
    dossier: UUID,
    seq: int,
    kind: str,
    *,
    code: str,
    at: Instant,
    about: bytes | None = None,
) -> bool:
    """Open an incident, once for each effect of each entry; False when it is open already. `at` is legal time.

    What was done again and failed again opens it anew. `about` was sealed by `sealed_about`.
    """
    row = {"id": uuid7(), "dossier": dossier, "seq": seq, "kind": kind, "code": code, "opened_at": at}
    row |= {"about_sealed": about}
    # The row that comes back says that it is new: the count of an INSERT is not kept by SQLAlchemy.
    anew = {"code": code, "opened_at": at, "closed_at": None, "closed_by": None, "about_sealed": about}
    unless_there = (
        insert(incident)
        .values(**row)
        .on_conflict_do_update(
            index_elements=["dossier", "seq", "kind"], set_=anew, where=incident.c.closed_at.is_not(None)
        )
        .returning(incident.c.id)
    )
    return (await connection.execute(unless_there)).scalar() is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class Incident:
    """Something an agent must look at: the effect of entry `seq` that failed, and why (a stable code)."""

    id: UUID
    dossier: UUID
    reference: str
    procedure: str
    seq: int
    kind: str
    code: str
    opened_at: Instant
    about_sealed: bytes | None = field(default=None, repr=False)

    def about(self, key: DossierKey) -> str:
        """What it is about, when that was said: an address."""
        return "" if self.about_sealed is None else key.open(self.about_sealed, _context(self.dossier)).decode()


def sealed_about(key: DossierKey, dossier: UUID, about: str) -> bytes:
    """What an incident is about, readable as long as the dossier's key lives."""
    return key.seal(about.encode(), _context(dossier))


async def still_open(connection: AsyncConnection, limit: int, after: UUID | None = None) -> list[Incident]:
    """The open incidents that the context may see, the oldest first."""
    c, d = incident.c, dossier_table.c
    wanted = (
        select(c.id, c.dossier, d.reference, d.procedure, c.seq, c.kind, c.code, c.opened_at, c.about_sealed)
        .join(dossier_table, d.id == c.dossier)
        .where(c.closed_at.is_(None))
        .order_by(c.id)
        .limit(limit)
    )
    if after is not None:
        wanted = wanted.where(c.id > after)
    return [Incident(**row) for row in (await connection.execute(wanted)).mappings()]


async def dossier_of(connection: AsyncConnection, incident_id: UUID) -> UUID | None:
    """The dossier of an incident that the context may see."""
    return (await connection.execute(select(incident.c.dossier).where(incident.c.id == incident_id))).scalar()


async def redo(connection: AsyncConnection, incident_id: UUID, *, by: UUID, at: Instant) -> bool:
    """Have everything that failed of the incident's entry done again, and close what was opened of it.

    A letter brings its notice: one that was given up with it goes too. False when the context sees no open incident
    of that identifier, or nothing of it was given up.
    """
    c, e = incident.c, effect.c
    found = (
        await connection.execute(select(c.dossier, c.seq).where(c.id == incident_id, c.closed_at.is_(None)))
    ).first()
    if found is None:
        return False
    failed = (e.dossier == found.dossier) & (e.seq == found.seq) & (e.status == "failed")
    again = set(
        (await connection.execute(update(effect).where(failed).values(status="pending").returning(e.kind))).scalars()
    )
    if not again:
        return False
    opened = (c.dossier == found.dossier) & (c.seq == found.seq) & c.kind.in_(again) & c.closed_at.is_(None)
    await connection.execute(update(incident).where(opened).values(closed_at=at, closed_by=by))
    procedure = select(dossier_table.c.procedure).where(dossier_table.c.id == found.dossier)
    payload = {"procedure": (await connection.execute(procedure)).scalar_one(), "seq": found.seq}
    await outbox.add(connection, "dossier", str(found.dossier), payload)
    return True


async def close(connection: AsyncConnection, incident_id: UUID, *, by: UUID, at: Instant) -> bool:
    """Close an incident that was dealt with; False when the context sees no open one of that identifier."""
    still = (incident.c.id == incident_id) & incident.c.closed_at.is_(None)
    done = await connection.execute(update(incident).where(still).values(closed_at=at, closed_by=by))
    return done.rowcount == 1


def _context(dossier: UUID) -> str:
    return f"incident|{dossier}"
