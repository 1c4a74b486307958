"""Agents, mediators and administrators sign in by password and second factor, in one request.

Wrong password, wrong or spent code, unknown or disabled account: one answer, and the same work done.
"""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter
from pydantic import EmailStr, Field
from starlette.requests import Request
from starlette.responses import Response

from api import limits
from api import problem_types as types
from api.inputs import In
from api.presented import Presented, PresentedToken
from api.problems import Problem
from api.services import ANONYMOUS, Services, Use
from api.sign_in import SignedInOut, Transport, open_session
from storage import accounts, passwords, totp
from storage.accounts import Audience
from storage.database import Context
from storage.people import normalised


class PasswordIn(In):
    """The two factors, and how the session is to be carried."""

    email: Annotated[EmailStr, Field(max_length=254)]
    password: Annotated[str, Field(min_length=1, max_length=passwords.MAXIMUM_LENGTH)]
    code: Annotated[str, Field(pattern=r"^[0-9]{3} ?[0-9]{3}$")]
    transport: Transport = "bearer"


def sign_in_routes(audience: Audience) -> APIRouter:
    """The sign-in of one audience."""
    router = APIRouter()

    @router.post("/sign-in", status_code=201)
    async def sign_in(
        body: PasswordIn, request: Request, response: Response, presented: PresentedToken, services: Use
    ) -> SignedInOut:
        """Exchange a password and a one-time code for a session."""
        return await sign_in_staff(audience, body, request, response, presented, services)

    return router


async def sign_in_staff(
    audience: Audience, body: PasswordIn, request: Request, response: Response, presented: Presented, services: Services
) -> SignedInOut:
    """Open the session of a member of staff whose two factors are right. Raises Problem."""
    await _count(services, request, audience, normalised(body.email))
    account = await _checked(services, audience, body)
    if account is None:
        raise Problem(
            types.SIGN_IN_REFUSED,
            "L'adresse, le mot de passe ou le code n'est pas bon, ou le code a déjà servi. Attendez le code "
            "suivant ; si cela se répète, demandez à l'administrateur de réinitialiser votre second facteur.",
        )
    return await open_session(
        request, response, services, presented, account=account, audience=audience, transport=body.transport
    )


async def _count(services: Services, request: Request, audience: Audience, address: str) -> None:
    whose, where = f"{audience}|{address}", limits.network(request)
    await limits.count(
        services,
        (limits.PASSWORD_PER_ACCOUNT_AND_NETWORK, f"{whose}|{where}"),
        (limits.PASSWORD_PER_ACCOUNT, whose),
        (limits.PASSWORD_PER_NETWORK, where),
        (limits.PASSWORD_FOR_ALL, ""),
    )


async def _checked(services: Services, audience: Audience, body: PasswordIn) -> UUID | None:
    """The account whose two factors these are; the step of the code is spent."""
    async with services.database.transaction(ANONYMOUS) as connection:
        found = await accounts.credentials(connection, services.master, audience, body.email)
    is_password = await passwords.matches(body.password, found.password_hash if found else None)
    if found is None or not is_password or found.disabled:
        return None
    step = _step(services, found.id, found.totp_sealed, body.code)
    if step is None:
        return None
    context = Context(audience=audience, subject=found.id)
    async with services.database.transaction(context) as connection:
        return found.id if await accounts.spend_totp_step(connection, found.id, step) else None


async def second_factor_is(services: Services, audience: Audience, account: UUID, code: str) -> bool:
    """Whether this code is the account's, and serves for the first time; it is spent. For whoever proved the first."""
    async with services.database.transaction(Context(audience=audience, subject=account)) as connection:
        sealed = await accounts.sealed_totp(connection, account)
        step = _step(services, account, sealed, code)
        return step is not None and await accounts.spend_totp_step(connection, account, step)


def _step(services: Services, account: UUID, totp_sealed: bytes | None, code: str) -> int | None:
    if totp_sealed is None:
        return None
    return totp.step_of(accounts.open_totp(services.master, account, totp_sealed), code)
