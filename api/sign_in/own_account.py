"""One's own account, and leaving it."""

from uuid import UUID

from api.services import Services
from storage.accounts import accounts, sessions
from storage.accounts.accounts import Account
from storage.accounts.sessions import Bearer, Origin
from storage.engine.database import Context


async def account_of(services: Services, context: Context, account: UUID) -> Account:
    """The account, as its owner sees it. Raises Unknown."""
    async with services.database.transaction(context) as connection:
        return await accounts.read(connection, services.master, account)


async def leave(services: Services, bearer: Bearer) -> Origin | None:
    """End this session, whoever it belongs to: by which provider it was opened, None for our own factors."""
    context = Context(audience=bearer.audience, subject=bearer.account)
    async with services.database.transaction(context) as connection:
        origin = await sessions.origin(connection, services.master, bearer.session)
        await sessions.revoke(connection, bearer.account, bearer.session)
    return origin
