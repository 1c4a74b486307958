"""Opening a session once the factors have been checked: rotation, cookie or bearer, the CSRF token."""

from datetime import datetime
from typing import Literal
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncConnection
from starlette.requests import Request
from starlette.responses import Response

from api.http import cookies
from api.http.inputs import Out
from api.services import Services
from api.sign_in import browsers
from api.sign_in.credentials import COOKIE, Presented, csrf_token
from storage.accounts import accounts, sessions
from storage.accounts.accounts import Audience
from storage.engine.database import Context

Transport = Literal["bearer", "cookie"]


class SignedInOut(Out):
    """A session just opened: `token` for programs, or a cookie with `csrf_token` for browsers; never both."""

    account: UUID
    expires_at: datetime
    idle_seconds: int
    token: str | None = None
    csrf_token: str | None = None


async def opened_by(
    request: Request,
    services: Services,
    presented: Presented,
    account: UUID,
    audience: Audience,
    origin: sessions.Origin,
) -> sessions.Opened:
    """The session of an account that a provider proved; the one presented, if any, dies (none survives a sign-in)."""
    async with services.database.transaction(Context(audience=audience, subject=account)) as connection:
        opened = await begun(connection, request, presented, account, audience)
        await sessions.keep_origin(connection, services.master, opened.id, origin)
    return opened


async def begun(
    connection: AsyncConnection,
    request: Request,
    presented: Presented,
    account: UUID,
    audience: Audience,
    token: str | None = None,
) -> sessions.Opened:
    """A session opened in the caller's transaction, which acts for the account; `token` as in `sessions.start`."""
    if presented.token is not None:
        await sessions.forget(connection, presented.token)
    return await sessions.start(connection, account, audience, request.headers.get("user-agent", ""), token=token)


def given(
    opened: sessions.Opened,
    response: Response,
    services: Services,
    *,
    account: UUID,
    audience: Audience,
    transport: Transport,
) -> SignedInOut:
    """Hand the session over, by the transport asked."""
    answer = SignedInOut(
        account=account,
        expires_at=opened.expires_at,
        idle_seconds=int(sessions.IDLE[audience].total_seconds()),
    )
    if transport == "bearer":
        return answer.model_copy(update={"token": opened.token})
    set_cookie(response, services, opened.token)
    return answer.model_copy(update={"csrf_token": csrf_token(services.master, opened.token)})


async def address_of(services: Services, audience: Audience, account: UUID) -> str:
    """The address by which this account signs in."""
    async with services.database.transaction(Context(audience=audience, subject=account)) as connection:
        return (await accounts.read(connection, services.master, account)).email


async def remember_language(services: Services, account: UUID, language: str) -> None:
    """Write to this resident in the language of the page by which they signed in."""
    async with services.database.transaction(Context(audience="resident", subject=account)) as connection:
        await accounts.speak(connection, account, language)


def set_cookie(response: Response, services: Services, token: str) -> None:
    """Give the session to a browser; scripts cannot read it."""
    cookies.give(response, services, COOKIE, token, sessions.ABSOLUTE)


def drop_cookie(response: Response, services: Services) -> None:
    """Take the session back from a browser."""
    cookies.take_back(response, services, COOKIE)
    browsers.forget(response, services)
