"""Agents, mediators and administrators sign in by password and second factor, in one request.

Wrong password, wrong or spent code, unknown or disabled account: one answer, and the same work done.
"""

from dataclasses import dataclass
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter
from pydantic import AfterValidator, EmailStr, Field
from starlette.requests import Request
from starlette.responses import Response

from api import security_events
from api.http import problem_types as types
from api.http.inputs import In
from api.http.problems import Problem
from api.http.rooms import Room
from api.services import ANONYMOUS, Services, Use
from api.sign_in import known_browsers, limits
from api.sign_in.browsers import browser_of
from api.sign_in.codes import LONGEST, digits
from api.sign_in.credentials import Presented, PresentedToken
from api.sign_in.session import SignedInOut, Transport, begun, given
from domain.sentence import N_
from storage.accounts import accounts, passwords, sessions, totp
from storage.accounts.accounts import Audience
from storage.accounts.people import normalised
from storage.engine.database import Context

CHOOSE_YOUR_OWN = N_(
    "Ce mot de passe vous a été donné : quelqu'un d'autre le connaît. Choisissez le vôtre, puis donnez un code."
)


class PasswordIn(In):
    """The two factors, and how the session is to be carried."""

    email: Annotated[EmailStr, Field(max_length=254)]
    password: Annotated[str, Field(min_length=1, max_length=passwords.MAXIMUM_LENGTH)]
    code: Annotated[str, Field(min_length=totp.DIGITS, max_length=LONGEST), AfterValidator(digits(totp.DIGITS))]
    new_password: Annotated[str, Field(min_length=1, max_length=passwords.MAXIMUM_LENGTH)] | None = None
    """Asked when somebody else knows the present one: a first password, or one that was reset."""
    transport: Transport = "bearer"


def sign_in_routes(audience: Audience) -> APIRouter:
    """The sign-in of one audience."""
    router = Room()

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
    await limits.count_password(services, request, audience, normalised(body.email))
    checked = await _checked(services, audience, body)
    opened = None
    if checked is not None:
        digest = await _chosen(checked, body)
        opened = await _opened(services, audience, request, presented, checked, digest)
    if checked is None or opened is None:
        security_events.note("sign_in_refused", audience)
        raise Problem(
            types.SIGN_IN_REFUSED,
            "L'adresse, le mot de passe ou le code n'est pas bon, ou le code a déjà servi. Attendez le code "
            "suivant ; si cela se répète, demandez à l'administrateur de réinitialiser votre second facteur.",
        )
    if body.transport == "cookie":
        known_browsers.remember(request, response, services, audience, body.email)
    return given(opened, response, services, account=checked.account, audience=audience, transport=body.transport)


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """An account whose two factors were given, the step of the code still to be spent."""

    account: UUID
    step: int
    password_to_change: bool


async def _chosen(checked: Checked, body: PasswordIn) -> str | None:
    """The digest of the password chosen instead of one that somebody else knows; None where none is. Raises Problem."""
    if not checked.password_to_change:
        return None
    if body.new_password is None:
        raise Problem(types.PASSWORD_TO_CHANGE, CHOOSE_YOUR_OWN)
    if body.new_password == body.password:
        raise Problem(types.WEAK_PASSWORD, "C'est le mot de passe que l'on vous a donné : choisissez-en un autre.")
    try:
        passwords.refuse_weak(body.new_password, email=body.email)
    except passwords.WeakPassword as error:
        raise Problem(types.WEAK_PASSWORD, error.sentence) from error
    return await passwords.hashed(body.new_password)


async def _opened(
    services: Services,
    audience: Audience,
    request: Request,
    presented: Presented,
    checked: Checked,
    digest: str | None,
) -> sessions.Opened | None:
    """Spend the code and open the session, together: the second of two clicks, in this browser, finds the first's."""
    account = checked.account
    token = sessions.token_of(services.master, browser_of(request, services), f"{account}|{checked.step}")
    async with services.database.transaction(Context(audience=audience, subject=account)) as connection:
        if await accounts.spend_totp_step(connection, account, checked.step):
            if digest is not None:
                await accounts.set_password(connection, account, digest)
            return await begun(connection, request, presented, account, audience, token)
        return await sessions.resume(connection, token) if token else None


async def _checked(services: Services, audience: Audience, body: PasswordIn) -> Checked | None:
    """The account whose two factors these are, and the step of the code, still to be spent."""
    async with services.database.transaction(ANONYMOUS) as connection:
        found = await accounts.credentials(connection, services.master, audience, body.email)
    is_password = await passwords.matches(body.password, found.password_hash if found else None)
    if found is None or not is_password or found.disabled:
        return None
    step = _step(services, found.id, found.totp_sealed, body.code)
    if step is None:
        return None
    return Checked(account=found.id, step=step, password_to_change=found.password_to_change)


async def second_factor_is(services: Services, audience: Audience, account: UUID, code: str) -> bool:
    """Whether this code is the account's, and serves for the first time; it is spent. For whoever proved the first."""
    step = await step_of(services, audience, account, code)
    async with services.database.transaction(Context(audience=audience, subject=account)) as connection:
        return step is not None and await accounts.spend_totp_step(connection, account, step)


async def step_of(services: Services, audience: Audience, account: UUID, code: str) -> int | None:
    """The step of the account's second factor that this code is of, still to be spent; None for none."""
    async with services.database.transaction(Context(audience=audience, subject=account)) as connection:
        sealed = await accounts.sealed_totp(connection, account)
    return _step(services, account, sealed, code)


def _step(services: Services, account: UUID, totp_sealed: bytes | None, code: str) -> int | None:
    if totp_sealed is None:
        return None
    return totp.step_of(accounts.open_totp(services.master, account, totp_sealed), code)
