"""Reading and revoking mandates: the same for the resident who gave them and the organisation that holds them."""

from __future__ import annotations

from typing import Literal
from uuid import UUID

from starlette.requests import Request
from starlette.responses import Response

from api import problem_types as types
from api.cursors import link_next, read_id
from api.problems import Problem
from api.services import Services
from api.shown.mandate import MandateOut
from storage import mandates, outbox
from storage.accounts import Unknown
from storage.database import Context
from storage.legal_time import legal_now


async def listed(
    services: Services, context: Context, request: Request, response: Response, limit: int, cursor: str | None
) -> list[MandateOut]:
    """A page of the mandates that this context may see, the latest first."""
    async with services.database.transaction(context) as connection:
        found = await mandates.page(connection, services.master, after=read_id(cursor), limit=limit + 1)
        now = await legal_now(connection)
    page = [MandateOut.of(given, now) for given in found[:limit]]
    link_next(request, response, [str(page[-1].id)] if len(found) > limit else None)
    return page


async def shown(services: Services, context: Context, mandate: UUID) -> MandateOut:
    """One mandate. Raises Problem 404 for one that this context does not see."""
    async with services.database.transaction(context) as connection:
        try:
            given = await mandates.shown(connection, services.master, mandate)
        except Unknown as error:
            raise not_found() from error
        return MandateOut.of(given, await legal_now(connection))


async def revoked(
    services: Services, context: Context, mandate: UUID, by: Literal["resident", "mediator"]
) -> MandateOut:
    """End a mandate at once: the mediator's next request meets it. A second revocation changes nothing."""
    async with services.database.transaction(context) as connection:
        if await mandates.revoke(connection, mandate, at=await legal_now(connection), by=by):
            await outbox.add(connection, "mandate", str(mandate))
    return await shown(services, context, mandate)


def not_found() -> Problem:
    """The same answer for a mandate that does not exist and for somebody else's."""
    return Problem(types.NOT_FOUND, "Aucun mandat de votre espace ne porte cet identifiant.")
