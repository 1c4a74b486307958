"""Reading and revoking mandates: the same for the resident who gave them and the organisation that holds them."""

from typing import Literal
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncConnection

from api.http import problem_types as types
from api.http.cursors import read_id
from api.http.problems import Problem
from api.services import Services
from api.shown.mandate import MandateBehindOut, MandateOut, plain
from storage.accounts import mandates
from storage.accounts.accounts import Unknown
from storage.accounts.mandates import Given
from storage.engine.database import Context
from storage.engine.legal_time import legal_now
from storage.register import outbox

State = Literal["active", "over"]
BATCH = 200
"""Names are sealed: they are compared here, so many mandates at a time."""


async def found(
    services: Services,
    context: Context,
    limit: int,
    cursor: str | None,
    *,
    state: State | None = None,
    name: str = "",
) -> tuple[list[MandateOut], UUID | None]:
    """The same, of one state, of people whose name has these words; and after which mandate the next page begins."""
    wanted, after, page = plain(name).split(), read_id(cursor), list[Given]()
    async with services.database.transaction(context) as connection:
        now = await legal_now(connection)
        while len(page) <= limit:
            size = BATCH if wanted else limit + 1
            live = None if state is None else state == "active"
            batch = await mandates.page(connection, services.master, after=after, limit=size, live=live, at=now)
            page += [given for given in batch if all(word in plain(given.resident_name) for word in wanted)]
            if len(batch) < size:
                break
            after = batch[-1].mandate.id
    last = page[limit - 1].mandate.id if len(page) > limit else None
    return [MandateOut.of(given, now) for given in page[:limit]], last


async def shown(services: Services, context: Context, mandate: UUID) -> MandateBehindOut:
    """One mandate. Raises Problem 404 for one that this context does not see."""
    async with services.database.transaction(context) as connection:
        return await shown_in(connection, services, mandate)


async def shown_in(connection: AsyncConnection, services: Services, mandate: UUID) -> MandateBehindOut:
    """The same, in a transaction that goes on."""
    try:
        given = await mandates.shown(connection, services.master, mandate)
        behind = await mandates.account_behind(connection, services.master, mandate)
    except Unknown as error:
        raise not_found() from error
    return MandateBehindOut.beside(given, await legal_now(connection), behind)


async def revoked(
    services: Services, context: Context, mandate: UUID, by: Literal["resident", "mediator"]
) -> MandateBehindOut:
    """End it at once, and those that it renewed: the mediator's next request meets it. Again, nothing more."""
    async with services.database.transaction(context) as connection:
        for ended in await mandates.revoke(connection, mandate, at=await legal_now(connection), by=by):
            await outbox.add(connection, "mandate", str(ended))
    return await shown(services, context, mandate)


def not_found() -> Problem:
    """The same answer for a mandate that does not exist and for somebody else's."""
    return Problem(types.NOT_FOUND, "Aucun mandat de votre espace ne porte cet identifiant.")
