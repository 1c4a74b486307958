"""Mandates: recorded with their consent, read at each act, revoked at once. Instants are legal time."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from typing import Literal, cast
from uuid import UUID

from sqlalchemy import RowMapping, func, select, text, true, tuple_, update
from sqlalchemy.ext.asyncio import AsyncConnection
from uuid_utils.compat import uuid7

from domain.calendar import Instant
from domain.mandate import Consent, Duration, Mandate, ends
from storage.accounts.accounts import Unknown
from storage.accounts.people import open_name, reaches
from storage.engine.master_key import MasterKey
from storage.engine.rows import of_row
from storage.tables.accounts import organisation
from storage.tables.mandates import mandate

Told = Literal["email", "hand", "refused"]
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
    told: Told | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Behind:
    """The account of who gave a mandate: whether an e-mail reaches it, and the names that it is known by.

    Its own, if it has one, and those of the mandates that the context sees.
    """

    account: UUID
    reached: bool
    names: tuple[str, ...] = field(repr=False)


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
    consent: Consent | None,
    consented_at: Instant | None,
    starts: Instant,
) -> Mandate:
    """Record a mandate that starts at `starts`; without a consent it is only proposed."""
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
    values = asdict(given)
    del values["revoked_at"]
    await connection.execute(
        mandate.insert().values(
            **values | {"procedures": list(given.procedures)},
            mediator=mediator,
            resident_sealed=master.seal(resident_name.encode(), f"{given.id}|mandate"),
            duration=duration,
        )
    )
    return given


async def consented(
    connection: AsyncConnection, given: Given, *, consent: Consent, consented_at: Instant, starts: Instant
) -> bool:
    """Record the person's consent: the mandate begins; False when it is not waiting for one."""
    wanted = select(
        func.consent_to_mandate(
            given.mandate.id, consent, consented_at, starts, ends(starts, cast("Duration", given.duration))
        )
    )
    return bool((await connection.execute(wanted)).scalar())


async def account_behind(connection: AsyncConnection, master: MasterKey, mandate_id: UUID) -> Behind:
    """Whose account it is, as the two sides of the mandate may know. Raises Unknown."""
    wanted = text("SELECT account, address, name FROM mandate_account(:mandate)")
    row = (await connection.execute(wanted, {"mandate": mandate_id})).first()
    if row is None:
        raise Unknown("Aucun mandat ne porte cet identifiant.")
    known = select(mandate.c.id, mandate.c.resident_sealed).where(mandate.c.resident == row.account)
    given = [_opened(master, each.id, each.resident_sealed) for each in await connection.execute(known)]
    return Behind(
        account=row.account,
        reached=reaches(master, row.account, row.address),
        names=(open_name(master, row.account, row.name), *given),
    )


async def note_told(connection: AsyncConnection, mandate_id: UUID, how: Told) -> None:
    """Write down how the person was told of a mandate."""
    await connection.execute(update(mandate).where(mandate.c.id == mandate_id).values(told=how))


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


async def revoke(connection: AsyncConnection, mandate_id: UUID, *, at: Instant, by: str) -> list[UUID]:
    """End a mandate at once, and with it those that it renewed, which would let the organisation go on: which ended.

    The person ends every mandate that they gave to that organisation; an organisation keeps a more recent one. Nothing
    ends when the context sees no mandate of that identifier that may still be revoked.
    """
    standing = mandate.c.revoked_at.is_(None)
    one = select(mandate.c.organisation, mandate.c.resident).where((mandate.c.id == mandate_id) & standing)
    to_come = (mandate.c.id == mandate_id) | mandate.c.consented_at.is_(None) | (mandate.c.ends > at)
    between = tuple_(mandate.c.organisation, mandate.c.resident).in_(one)
    reach = true() if by == "resident" else mandate.c.id <= mandate_id
    ended = update(mandate).where(between & standing & to_come & reach).values(revoked_at=at, revoked_by=by)
    return list(await connection.scalars(ended.returning(mandate.c.id)))


def _of(row: RowMapping) -> Mandate:
    return of_row(Mandate, row, procedures=tuple(row["procedures"]))


def _given(master: MasterKey, row: RowMapping) -> Given:
    return of_row(Given, row, mandate=_of(row), resident_name=_opened(master, row["id"], row["resident_sealed"]))


def _opened(master: MasterKey, mandate_id: UUID, sealed: bytes) -> str:
    return master.open(sealed, f"{mandate_id}|mandate").decode()
