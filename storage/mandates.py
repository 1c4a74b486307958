"""Mandates: recorded with their consent, read at each act, revoked at once. Instants are legal time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import RowMapping, select, update
from sqlalchemy.ext.asyncio import AsyncConnection
from uuid_utils.compat import uuid7

from domain.calendar import Instant
from domain.mandate import Consent, Duration, Mandate, ends
from storage.accounts import Unknown
from storage.master_key import MasterKey
from storage.tables.accounts import organisation
from storage.tables.mandates import mandate

_NAMED = select(mandate, organisation.c.name.label("organisation_name")).join(
    organisation, organisation.c.id == mandate.c.organisation
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """A mandate as lists show it, with the names of the two sides."""

    mandate: Mandate
    resident_name: str
    organisation_name: str
    duration: str
    revoked_by: str | None


async def create(
    connection: AsyncConnection,
    master: MasterKey,
    *,
    organisation_id: UUID,
    mediator: UUID,
    resident: UUID,
    resident_name: str,
    procedures: Sequence[str],
    duration: Duration,
    consent: Consent,
    consented_at: Instant,
    starts: Instant,
) -> Mandate:
    """Record a mandate that starts at `starts`."""
    given = Mandate(
        id=uuid7(),
        organisation=organisation_id,
        resident=resident,
        procedures=tuple(sorted(set(procedures))),
        starts=starts,
        ends=ends(starts, duration),
        consent=consent,
        consented_at=consented_at,
    )
    await connection.execute(
        mandate.insert().values(
            id=given.id,
            organisation=organisation_id,
            mediator=mediator,
            resident=resident,
            resident_sealed=master.seal(resident_name.encode(), f"{given.id}|mandate"),
            procedures=list(given.procedures),
            starts=given.starts,
            ends=given.ends,
            duration=duration,
            consent=consent,
            consented_at=consented_at,
        )
    )
    return given


async def read(connection: AsyncConnection, mandate_id: UUID) -> Mandate:
    """One mandate that the context may see. Raises Unknown."""
    row = (await connection.execute(select(mandate).where(mandate.c.id == mandate_id))).mappings().first()
    if row is None:
        raise Unknown("Aucun mandat ne porte cet identifiant.")
    return _of(row)


async def shown(connection: AsyncConnection, master: MasterKey, mandate_id: UUID) -> Given:
    """One mandate that the context may see, with its names. Raises Unknown."""
    row = (await connection.execute(_NAMED.where(mandate.c.id == mandate_id))).mappings().first()
    if row is None:
        raise Unknown("Aucun mandat ne porte cet identifiant.")
    return _given(master, row)


async def page(
    connection: AsyncConnection,
    master: MasterKey,
    *,
    after: UUID | None = None,
    limit: int = 50,
    live: bool | None = None,
    at: Instant | None = None,
) -> list[Given]:
    """The mandates that the context may see, the latest first, before a given one; live, or over, at that instant."""
    statement = _NAMED.order_by(mandate.c.id.desc()).limit(limit)
    if after is not None:
        statement = statement.where(mandate.c.id < after)
    if live is not None:
        lives = mandate.c.revoked_at.is_(None) & (mandate.c.ends > at)
        statement = statement.where(lives if live else ~lives)
    return [_given(master, row) for row in (await connection.execute(statement)).mappings()]


async def revoke(connection: AsyncConnection, mandate_id: UUID, *, at: Instant, by: str) -> bool:
    """End a mandate at once; False when the context sees no live mandate of that identifier."""
    live = (mandate.c.id == mandate_id) & mandate.c.revoked_at.is_(None)
    changed = await connection.execute(update(mandate).where(live).values(revoked_at=at, revoked_by=by))
    return changed.rowcount == 1


def _of(row: RowMapping) -> Mandate:
    return Mandate(
        id=row["id"],
        organisation=row["organisation"],
        resident=row["resident"],
        procedures=tuple(row["procedures"]),
        starts=row["starts"],
        ends=row["ends"],
        consent=row["consent"],
        consented_at=row["consented_at"],
        revoked_at=row["revoked_at"],
    )


def _given(master: MasterKey, row: RowMapping) -> Given:
    return Given(
        mandate=_of(row),
        resident_name=master.open(row["resident_sealed"], f"{row['id']}|mandate").decode(),
        organisation_name=row["organisation_name"],
        duration=row["duration"],
        revoked_by=row["revoked_by"],
    )
