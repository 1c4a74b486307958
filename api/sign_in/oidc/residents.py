"""Which resident a FranceConnect identity is: the account it was bound to, or one that the person chooses.

The address that a provider gives is proven by a code before it serves, whether an account has it or not. Otherwise
somebody could take another's account by declaring their address, or wait in an account made with it for its owner.
"""

from uuid import UUID, uuid4

from starlette.requests import Request

from api.services import ANONYMOUS, Services
from api.sign_in import limits
from api.sign_in.browsers import browser_of
from api.sign_in.codes import read
from api.sign_in.oidc.failures import NotSignedIn, Taken
from api.sign_in.oidc.flow import Identity
from api.sign_in.oidc.rebinding import bears_the_name
from storage.accounts import accounts, identities, sign_in_codes
from storage.accounts.people import NOWHERE, normalised
from storage.engine.database import Context


async def known_resident(services: Services, identity: Identity) -> UUID | None:
    """The account that this identity opens; None at its first sign-in. Raises NotSignedIn for a closed one."""
    async with services.database.transaction(ANONYMOUS) as connection:
        found = await identities.bound(connection, services.master, "resident", identity.issuer, identity.subject)
    if found is not None and found.disabled:
        raise NotSignedIn("disabled")
    return None if found is None else found.account


async def with_proven_address(
    services: Services, identity: Identity, request: Request, challenge: UUID, code: str
) -> UUID:
    """The account of the identity's address, once the code sent there was given back. Raises NotSignedIn, Problem.

    The same browser may give it twice while it waits (a double click): the same account is opened again.
    """
    await limits.count(services, (limits.TRY_PER_NETWORK, limits.network(request)))
    async with services.database.transaction(ANONYMOUS) as connection:
        proven = await sign_in_codes.redeem(
            connection,
            services.master,
            challenge,
            read(code, sign_in_codes.DIGITS),
            browser=browser_of(request, services),
        )
        if proven is not None and proven.address == normalised(identity.email):
            account = await accounts.resident_of(connection, services.master, proven.address, identity.name)
        else:
            proven, account = None, None
    if proven is None:
        raise NotSignedIn("wrong_code")
    return await _bound(services, identity, account)


async def without_address(services: Services, identity: Identity) -> UUID:
    """A new account that has no address: the person sees everything here, and receives no e-mail."""
    async with services.database.transaction(ANONYMOUS) as connection:
        nowhere = f"{uuid4()}@{NOWHERE}"
        account = await accounts.resident_of(connection, services.master, nowhere, identity.name)
    return await _bound(services, identity, account)


async def _bound(services: Services, identity: Identity, account: UUID | None) -> UUID:
    if account is None:
        raise NotSignedIn("disabled")
    async with services.database.transaction(Context(audience="resident", subject=account)) as connection:
        is_new = await identities.bind(
            connection, services.master, "resident", identity.issuer, identity.subject, account
        )
    # Refused: this identity was bound meanwhile (another tab), or the account is somebody else's.
    if not is_new and await known_resident(services, identity) != account:
        raise Taken(account, is_theirs=await bears_the_name(services, account, identity))
    return account
