"""Campaigns: planned one after the other for a procedure, read by who serves it; their dates are public."""

from collections.abc import Collection
from dataclasses import asdict
from datetime import date
from decimal import Decimal
from uuid import UUID

from sqlalchemy import RowMapping, all_, func, literal, select, text, update
from sqlalchemy.ext.asyncio import AsyncConnection
from uuid_utils.compat import uuid7

from domain.calendar import Instant
from domain.campaign import Campaign, Window, next_of, refuse_misplanned, refuse_unless_open
from domain.dossier import Dossier
from storage.accounts.accounts import Unknown
from storage.engine.legal_time import legal_now
from storage.engine.questions import every as every_row
from storage.engine.round_trips import RoundTrips
from storage.engine.rows import of_row
from storage.tables.campaigns import campaign
from storage.tables.queues import queue_row

_WINDOWS = "SELECT title, opens, closes FROM campaign_windows(%s)"
_ONE_AT_A_TIME = text("SELECT pg_advisory_xact_lock(hashtextextended('campaign|' || :procedure, 0))")


async def plan_campaign(
    connection: AsyncConnection,
    *,
    procedure: str,
    title: str,
    opens: Instant,
    closes: Instant,
    session: date,
    budget: Decimal,
    by: UUID | None,
) -> Campaign:
    """Plan a campaign, opened by an agent or by the operator (None). Raises Refused."""
    await connection.execute(_ONE_AT_A_TIME, {"procedure": procedure})
    made = Campaign(
        id=uuid7(), procedure=procedure, title=title, opens=opens, closes=closes, session=session, budget=budget
    )
    refuse_misplanned(made, await windows(connection, procedure), await legal_now(connection))
    values = {name: value for name, value in asdict(made).items() if name != "told"}
    await connection.execute(campaign.insert().values(**values, created_by=by))
    return made


async def read(connection: AsyncConnection, campaign_id: UUID) -> Campaign:
    """One campaign that the context may see. Raises Unknown."""
    row = (await connection.execute(select(campaign).where(campaign.c.id == campaign_id))).mappings().first()
    if row is None:
        raise Unknown("Aucune campagne ne porte cet identifiant.")
    return _of(row)


async def every(connection: AsyncConnection, procedures: Collection[str] | None = None) -> list[Campaign]:
    """The campaigns that the context may see (of those procedures), the latest to open first."""
    wanted = select(campaign).order_by(campaign.c.opens.desc(), campaign.c.id)
    if procedures is not None:
        wanted = wanted.where(campaign.c.procedure.in_(procedures))
    return [_of(row) for row in (await connection.execute(wanted)).mappings()]


async def windows(connection: AsyncConnection, procedure: str) -> list[Window]:
    """When a procedure may be filed, whoever asks: the first to open first."""
    rows = await connection.execute(
        text("SELECT title, opens, closes FROM campaign_windows(:procedure)"), {"procedure": procedure}
    )
    return [Window(title=row.title, opens=row.opens, closes=row.closes) for row in rows]


async def refuse_outside(trips: RoundTrips, dossier: Dossier) -> None:
    """In the transaction that files it: raises Refused unless a campaign was open at the instant of its filing.

    A paper received in time and entered later belongs to the campaign: its filing is the day it came.
    """
    if not dossier.plan.campaign or dossier.filed is None:
        return
    refuse_unless_open(await trips.ask(every_row(Window, _WINDOWS, dossier.plan.procedure)), dossier.filed)


async def dossiers_of(connection: AsyncConnection, of: Campaign) -> list[UUID]:
    """Those filed in its window, in order, among those that the context may see."""
    row = queue_row.c
    wanted = (
        select(row.dossier)
        .where(row.procedure == of.procedure, row.closed.in_((False, True)))  # so that one index has it all
        .where(row.filed_at >= of.opens, row.filed_at < of.closes)
        .order_by(row.filed_at, row.dossier)
    )
    return list((await connection.execute(wanted)).scalars())


async def to_tell(connection: AsyncConnection) -> list[UUID]:
    """Those whose agents must be told of something now."""
    now = await legal_now(connection)
    unfinished = select(campaign).where(literal("voted") != all_(campaign.c.told)).order_by(campaign.c.id)
    found = [_of(row) for row in (await connection.execute(unfinished)).mappings()]
    return [one.id for one in found if next_of(one, now).tell]


async def note_told(connection: AsyncConnection, campaign_id: UUID, what: str) -> None:
    """Its agents were told of that; noting it twice changes nothing."""
    told = campaign.c.told
    new = literal(what) != all_(told)
    await connection.execute(
        update(campaign).where(campaign.c.id == campaign_id, new).values(told=func.array_append(told, what))
    )


def _of(row: RowMapping) -> Campaign:
    return of_row(Campaign, row, told=tuple(row["told"]))
