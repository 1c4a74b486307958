"""The dossiers that a system may follow: listed by what moved last, read one by one, completed."""

from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from typing import Annotated, Any
from uuid import UUID

from fastapi import Query, Request, Response

from api.act_bodies import acts_of, body_of, command_of, described
from api.acts import ActedOut, Hand
from api.http.cursors import Cursor, Limit, link_next, read_instant_and_id
from api.http.inputs import Moment
from api.http.preconditions import IfMatch, OptionalKey, versioned
from api.http.rooms import Room
from api.services import Use
from api.shown.dossier import DossierOut, shown_dossier
from api.shown.journal import LineOut, shown_explanation
from api.shown.listed import ListedOut
from api.sign_in.identity import Machine, System
from api.systems.own_deposits import refuse_unless_own_deposit, refuse_unless_readable
from catalogue.loader import catalogue
from domain.command import Command
from storage.documents.rows import refuse_unless_here
from storage.engine.legal_time import legal_now
from storage.lists import dossiers
from storage.register import reading

router = Room()
THE_BEGINNING = datetime(1970, 1, 1, tzinfo=UTC)
NOTHING = UUID(int=0)


@router.get("/dossiers")
async def list_followed_dossiers(
    request: Request,
    response: Response,
    system: System,
    services: Use,
    updated_since: Annotated[Moment | None, Query(description="Exclu ; l'instant légal du dernier mouvement.")] = None,
    limit: Limit = 50,
    cursor: Cursor = None,
) -> list[ListedOut]:
    """The dossiers that moved, the least recently first; follow `Link` until there is none."""
    system.refuse_without("read")
    after = read_instant_and_id(cursor) or (updated_since or THE_BEGINNING, NOTHING)
    async with services.database.transaction(system.context) as connection:
        found = await dossiers.followed(connection, readable(system), limit + 1, after)
        now = await legal_now(connection)
    last = found[limit - 1] if len(found) > limit else None
    link_next(request, response, [last.recorded_at.isoformat(), str(last.id)] if last is not None else None)
    return [ListedOut.of(one, now) for one in found[:limit]]


@router.get("/dossiers/{dossier}")
async def read_followed_dossier(dossier: UUID, response: Response, system: System, services: Use) -> DossierOut:
    """One dossier, as it stands at this instant; the resident sees that this system read it."""
    await refuse_unless_readable(services, system, dossier)
    seen = await reading.read(services.database, system.context, dossier, reader=system.actor)
    return versioned(response, DossierOut(**shown_dossier(seen, "system")))


@router.get("/dossiers/{dossier}/explanation")
async def explain_followed_dossier(dossier: UUID, system: System, services: Use) -> list[LineOut]:
    """Why each date and each status; the resident sees that this system read it."""
    await refuse_unless_readable(services, system, dossier)
    seen = await reading.read(
        services.database, system.context, dossier, reader=system.actor, what="explanation", journal_too=True
    )
    return shown_explanation(seen.entries, seen.dossier, "system")


def _does(command: type[Command]) -> Callable[..., Awaitable[ActedOut]]:
    async def does(
        dossier: UUID, body: Any, response: Response, system: System, services: Use, seen: IfMatch, key: OptionalKey
    ) -> ActedOut:
        await refuse_unless_own_deposit(services, system, dossier)
        if hasattr(body, "documents"):
            async with services.database.transaction(system.context) as connection:
                await refuse_unless_here(connection, dossier, body.documents)
        hand = Hand(services=services, actor=system.actor, context=system.context, version=seen, key=key)
        return versioned(response, await hand.does(dossier, command_of(command, body), body))

    does.__annotations__["body"] = body_of(command, agents=False)
    return does


for each in acts_of("system"):
    path = f"/dossiers/{{dossier}}/acts/{each.act()}"
    router.add_api_route(path, _does(each), methods=["POST"], name=each.act(), description=described(each))


def readable(system: Machine) -> list[str]:
    """The procedures that the token may read."""
    scoped = {scope.procedure for scope in system.scopes if scope.verb == "read"}
    return sorted(set(catalogue().slugs()) if "*" in scoped else scoped)
