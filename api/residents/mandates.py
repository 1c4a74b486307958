"""The mandates that I have given: who may act for me, and how to stop it at once."""

from uuid import UUID

from fastapi import Request, Response

from api import mandates
from api.http.cursors import Cursor, Limit, Listed
from api.http.rooms import Room
from api.services import Services, Use
from api.shown.mandate import MandateBehindOut, MandateOut
from api.sign_in.identity import Resident, ResidentPerson

router = Room()


@router.get("/mandates")
async def list_my_mandates(
    request: Request, response: Response, resident: Resident, services: Use, limit: Limit = 50, cursor: Cursor = None
) -> list[MandateOut]:
    """The mandates that I have given, the latest first."""
    return (await my_mandates(resident, services, limit, cursor)).linked(request, response)


async def my_mandates(
    resident: ResidentPerson, services: Services, limit: int = 50, cursor: str | None = None
) -> Listed[MandateOut]:
    """The same, for whoever shows them."""
    given, after = await mandates.found(services, resident.context, limit, cursor)
    return Listed(given, None if after is None else (str(after),))


@router.get("/mandates/{mandate}")
async def read_my_mandate(mandate: UUID, resident: Resident, services: Use) -> MandateBehindOut:
    """One mandate that I have given."""
    return await mandates.shown(services, resident.context, mandate)


@router.delete("/mandates/{mandate}")
async def revoke_my_mandate(mandate: UUID, resident: Resident, services: Use) -> MandateBehindOut:
    """Revoke all that I gave to that organisation: with effect at once (code civil art. 2003-2004)."""
    return await mandates.revoked(services, resident.context, mandate, "resident")
