"""Webhooks: each move told to each system that asked for it, signed; ids and codes, never content."""

import json
from datetime import UTC, datetime
from uuid import UUID

from temporalio import activity
from temporalio.exceptions import ApplicationError

from storage.egress import ForbiddenAddress, Unanswered
from storage.register import webhook_deliveries
from storage.register.fold import Story
from storage.register.webhook_deliveries import Delivery
from workers.activities.standing import Hopeless, once
from workers.signature import signed_headers
from workers.world import World
from workflows.effects import ANNOUNCE_MOVE, DELIVER_WEBHOOK, GIVE_UP_WEBHOOK, Named, Task

GONE = 410


class WebhookActivities:
    """From a move to its deliveries, and each delivery to its address."""

    def __init__(self, world: World) -> None:
        self._world = world

    @activity.defn(name=ANNOUNCE_MOVE.name)
    async def announce_move(self, task: Task) -> str:
        """Make the deliveries of a move; the relay starts a workflow for each."""
        return await once(self._world, task, self._prepare)

    async def _prepare(self, told: Story, task: Task) -> str:
        async with self._world.transaction() as connection:
            made = await webhook_deliveries.prepare(connection, told.id, told.procedure, task.thing.seq)
        if made:
            self._world.database.nudge()
        return ""

    @activity.defn(name=DELIVER_WEBHOOK.name)
    async def deliver_webhook(self, named: Named) -> str:
        """One attempt of one delivery. Fails, to be tried again, unless the receiver answered 2xx."""
        id = UUID(named.id)
        async with self._world.transaction() as connection:
            found = await webhook_deliveries.read(connection, self._world.settings.master, id)
        if found is None or found.disabled:
            raise Hopeless("gone", "the address is not in use any more")
        if found.status == "delivered":
            return "delivered"
        code = await self._attempt(found)
        delivered = code.startswith("2")
        await self._note(id, "delivered" if delivered else "pending", code)
        if delivered:
            return "delivered"
        if code == str(GONE):
            raise Hopeless("gone", "the receiver wants no more of it")
        raise ApplicationError(f"answered {code}", type="not_delivered")

    @activity.defn(name=GIVE_UP_WEBHOOK.name)
    async def give_up_webhook(self, named: Named) -> str:
        """Say that a delivery was given up: the system sees it in its list, and catches up by `updated_since`."""
        await self._note(UUID(named.id), "failed", "given_up")
        return "failed"

    async def _attempt(self, found: Delivery) -> str:
        body = body_of(found)
        headers = signed_headers(found.secrets, str(found.id), datetime.now(UTC), body)
        try:
            return str(await self._world.egress.post(found.url, body, headers))
        except Unanswered:
            return "no_answer"
        except ForbiddenAddress as error:
            await self._note(found.id, "pending", "forbidden_address")
            raise Hopeless("forbidden_address", str(error)) from error

    async def _note(self, id: UUID, status: str, code: str) -> None:
        async with self._world.transaction() as connection:
            await webhook_deliveries.note(connection, id, status, code)


def body_of(move: Delivery) -> bytes:
    """What a system receives: which dossier moved, how, when; it reads the rest with its token."""
    data = {
        "dossier": str(move.dossier),
        "procedure": move.procedure,
        "event": move.kind,
        "version": move.seq,
        "effective": move.effective.astimezone(UTC).isoformat(),
    }
    told = {"type": f"dossier.{move.kind}", "timestamp": move.recorded_at.astimezone(UTC).isoformat(), "data": data}
    return json.dumps(told, separators=(",", ":"), sort_keys=True).encode()
