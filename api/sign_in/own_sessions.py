"""What everybody signed in may do with their own sessions: who am I, list, revoke, sign out."""

from collections.abc import Mapping
from datetime import datetime
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends
from starlette.responses import Response

from api.http import problem_types as types
from api.http.inputs import Out
from api.http.problems import Problem
from api.http.rooms import Room
from api.services import Services, Use
from api.sign_in.credentials import Presented, PresentedToken, csrf_token
from api.sign_in.identity import P, Person, signed_in
from api.sign_in.session import drop_cookie
from storage.accounts import sessions


class WhoOut(Out):
    """Who is signed in, and the CSRF token when the session is carried by a cookie."""

    account: UUID
    audience: str
    name: str
    session: UUID
    organisation: UUID | None
    groups: Mapping[str, str]
    csrf_token: str | None = None


class SessionOut(Out):
    """One live session; `current` is the one that asks."""

    id: UUID
    device: str
    created_at: datetime
    seen_at: datetime
    expires_at: datetime
    current: bool


def own_session_routes(kind: type[P]) -> APIRouter:
    """The routes of one audience."""
    router = Room()
    identify = signed_in(kind)

    @router.get("/session")
    async def who_am_i(presented: PresentedToken, services: Use, person: Annotated[P, Depends(identify)]) -> WhoOut:
        """Who is signed in."""
        return _who(person, presented, services)

    @router.delete("/session", status_code=204)
    async def sign_out(response: Response, services: Use, person: Annotated[P, Depends(identify)]) -> None:
        """End this session, on the server's side."""
        async with services.database.transaction(person.context) as connection:
            await sessions.revoke(connection, person.account, person.session)
        drop_cookie(response, services)

    @router.get("/sessions")
    async def list_sessions(services: Use, person: Annotated[P, Depends(identify)]) -> list[SessionOut]:
        """Every live session of this account."""
        return await own_sessions(person, services)

    @router.delete("/sessions", status_code=204)
    async def end_other_sessions(services: Use, person: Annotated[P, Depends(identify)]) -> None:
        """End every session of this account but this one."""
        await end_own_other_sessions(person, services)

    @router.delete("/sessions/{session}", status_code=204)
    async def end_session(session: UUID, services: Use, person: Annotated[P, Depends(identify)]) -> None:
        """End one session of this account."""
        await end_own_session(person, session, services)

    return router


def _who(person: Person, presented: Presented, services: Services) -> WhoOut:
    csrf = csrf_token(services.master, presented.token) if presented.by_cookie and presented.token else None
    return WhoOut.showing(person, csrf_token=csrf)


async def own_sessions(person: Person, services: Services) -> list[SessionOut]:
    """This person's live sessions, the latest first."""
    async with services.database.transaction(person.context) as connection:
        live = await sessions.of_account(connection, person.account)
    return [SessionOut.showing(one, current=one.id == person.session) for one in live]


async def end_own_session(person: Person, session: UUID, services: Services) -> None:
    """End one session of this person. Raises Problem when they have none of that identifier."""
    async with services.database.transaction(person.context) as connection:
        if not await sessions.revoke(connection, person.account, session):
            raise Problem(types.NOT_FOUND, "Aucune de vos sessions ne porte cet identifiant.")


async def end_own_other_sessions(person: Person, services: Services) -> None:
    """End every session of this person but the one that asks."""
    async with services.database.transaction(person.context) as connection:
        await sessions.revoke_others(connection, person.account, person.session)
