"""One e-mail to several people: each by themselves, so that nobody waits for somebody else's address."""

import asyncio
from collections.abc import Mapping
from uuid import UUID

from storage.mail import AddressRefused, MailNotSent, Message
from storage.register import mailings
from storage.register.mailings import Ended, Mailing
from workers.world import World

AT_ONCE = 20
PATIENCE = 18.0
"""Seconds for all of them: less than an attempt of the activity (`workflows/policies.py`), so that it is noted."""


async def send_to_each(world: World, which: Mailing, messages: Mapping[UUID, Message]) -> set[UUID]:
    """Send to each account that has not had its own; give those whose address is refused for good.

    Raises MailNotSent when somebody must still be tried; who had it will not have it again, and a mailbox that was
    refused is tried once more: what an agent has done again finds it mended.
    """
    async with world.transaction() as connection:
        before = await mailings.ended(connection, which)
    left = {account: message for account, message in messages.items() if before.get(account) != "accepted"}
    now = await tried(world, left)
    async with world.transaction() as connection:
        await mailings.note(connection, which, now)
    if missing := len(left) - len(now):
        raise MailNotSent(f"{missing} of {len(messages)} to be tried again")
    return {account for account, how in now.items() if how == "refused"}


async def tried(world: World, messages: Mapping[UUID, Message]) -> dict[UUID, Ended]:
    """One attempt at each, side by side: how it ended for those for whom it did."""
    ways = asyncio.Semaphore(AT_ONCE)
    how = await asyncio.gather(*(_sent(world, ways, message) for message in messages.values()))
    return {account: ended for account, ended in zip(messages, how, strict=True) if ended is not None}


async def _sent(world: World, ways: asyncio.Semaphore, message: Message) -> Ended | None:
    """How it ended; None when it must be tried again."""
    try:
        async with asyncio.timeout(PATIENCE), ways:
            await world.mail.send(message)
    except AddressRefused:
        return "refused"
    except (MailNotSent, TimeoutError):
        return None
    return "accepted"
