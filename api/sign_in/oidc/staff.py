"""Which agent or mediator a ProConnect identity is: their account exists already, for administrators make them.

At the first sign-in it is found by the professional address, then bound to the provider's `sub`. Our own second factor
is asked unless the provider asserts two factors; and always to bind an address that it does not say is verified.
"""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncConnection
from starlette.requests import Request

from api.services import ANONYMOUS, Services
from api.sign_in import limits
from api.sign_in.browsers import browser_of
from api.sign_in.codes import read
from api.sign_in.credentials import Presented
from api.sign_in.oidc.failures import NotSignedIn
from api.sign_in.oidc.flow import Identity
from api.sign_in.session import begun
from api.sign_in.staff import step_of
from storage.accounts import accounts, identities, sessions, totp
from storage.accounts.accounts import Audience
from storage.accounts.sessions import Opened, Origin
from storage.engine.database import Context


@dataclass(frozen=True, slots=True, kw_only=True)
class Matched:
    """The account that the identity opens, and whether our own second factor is still asked."""

    account: UUID
    is_bound: bool
    asks_second_factor: bool


async def matched(services: Services, audience: Audience, identity: Identity) -> Matched:
    """The account of this identity. Raises NotSignedIn when there is none, or it is closed."""
    async with services.database.transaction(ANONYMOUS) as connection:
        known = await identities.bound(connection, services.master, audience, identity.issuer, identity.subject)
        if known is not None:
            account, is_disabled = known.account, known.disabled
        else:
            if not identity.email or identity.email_verified is False:
                raise NotSignedIn("unknown", "no verified address")
            found = await accounts.credentials(connection, services.master, audience, identity.email)
            if found is None:
                raise NotSignedIn("unknown", "no account has this address")
            account, is_disabled = found.id, found.disabled
    if is_disabled:
        raise NotSignedIn("disabled")
    is_sure = known is not None or identity.email_verified is True
    asks = not (identity.two_factors and is_sure)
    return Matched(account=account, is_bound=known is not None, asks_second_factor=asks)


async def admitted(services: Services, audience: Audience, identity: Identity, found: Matched) -> UUID:
    """The account, bound to the identity if it was not. Raises NotSignedIn."""
    async with services.database.transaction(Context(audience=audience, subject=found.account)) as connection:
        await _bind(connection, services, audience, identity, found)
    return found.account


async def _bind(
    connection: AsyncConnection, services: Services, audience: Audience, identity: Identity, found: Matched
) -> None:
    if found.is_bound:
        return
    whose = (identity.issuer, identity.subject, found.account)
    if not await identities.bind(connection, services.master, audience, *whose):
        raise NotSignedIn("taken")


async def opened_by_code(
    services: Services,
    audience: Audience,
    request: Request,
    presented: Presented,
    identity: Identity,
    found: Matched,
    code: str,
    origin: Origin,
) -> Opened:
    """Check our own second factor, spend its code and open the session, together. Raises NotSignedIn, Problem.

    The second of two clicks, in this browser, finds the session of the first.
    """
    await _count(services, audience, request, found.account)
    step = await step_of(services, audience, found.account, read(code, totp.DIGITS))
    if step is None:
        raise NotSignedIn("wrong_code")
    token = sessions.token_of(services.master, browser_of(request, services), f"{found.account}|{step}")
    async with services.database.transaction(Context(audience=audience, subject=found.account)) as connection:
        if not await accounts.spend_totp_step(connection, found.account, step):
            opened = await sessions.resume(connection, token) if token else None
            if opened is None:
                raise NotSignedIn("wrong_code")
            return opened
        await _bind(connection, services, audience, identity, found)
        opened = await begun(connection, request, presented, found.account, audience, token)
        await sessions.keep_origin(connection, services.master, opened.id, origin)
        return opened


async def _count(services: Services, audience: Audience, request: Request, account: UUID) -> None:
    whose = f"{audience}|{account}"
    await limits.count(
        services,
        (limits.PASSWORD_PER_ACCOUNT_AND_NETWORK, f"{whose}|{limits.network(request)}"),
        (limits.PASSWORD_PER_ACCOUNT, whose),
        (limits.PASSWORD_PER_NETWORK, limits.network(request)),
    )
