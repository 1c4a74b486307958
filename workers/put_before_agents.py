"""An incident, and the word given to the agents of the dossier, by an effect of its own that nothing waits for."""

from collections.abc import Sequence

from sqlalchemy.ext.asyncio import AsyncConnection

from storage.engine.legal_time import legal_now
from storage.lists.recipients import Recipient
from storage.register import effects, mailings, outbox
from storage.register.fold import Story
from storage.register.incidents import open_incident, sealed_about
from storage.register.mailings import REFUSED, Mailing
from workers.measures import INCIDENTS
from workers.world import World

TOLD = "tell:incident"


async def put_before_agents(
    connection: AsyncConnection, told: Story, seq: int, kind: str, *, code: str, about: str = "", tell: bool = True
) -> None:
    """Open the incident of an effect, once, and have the agents told of it, unless `tell` says that they are."""
    at = await legal_now(connection)
    sealed = sealed_about(told.key, told.id, about) if about else None
    if not await open_incident(connection, told.id, seq, kind, code=code, at=at, about=sealed):
        return
    INCIDENTS.labels(code=code).inc()
    if tell and kind != TOLD:
        # Who could not be told of an incident sees it in the queue; telling of that too would never end.
        await have_agents_told(connection, told, seq, TOLD)


async def have_agents_told(connection: AsyncConnection, told: Story, seq: int, kind: str) -> None:
    """One more word to the agents, `tell:<what>`, which the entry itself does not call for; said already, nothing."""
    await effects.add(connection, told.id, seq, kind, step="always")
    await outbox.add(connection, "dossier", str(told.id), {"procedure": told.procedure})


async def dead_addresses(world: World, told: Story, which: Mailing, refused: Sequence[Recipient]) -> None:
    """An incident that names the addresses refused for good, unless an open one of the procedure says so already."""
    async with world.transaction() as connection:
        known = await mailings.known_dead(connection, told.procedure, {who.account for who in refused})
        new = [who.email for who in refused if who.account not in known or who.account == told.resident]
        if new:
            await put_before_agents(connection, told, which.seq, which.kind, code=REFUSED, about=", ".join(new))
    world.database.nudge()
