"""Mandates: their end is announced thirty days before, to both sides; it happens by itself."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from uuid import UUID

from temporalio import activity

from domain.calendar import Instant, civil
from domain.mandate import WARNING, Mandate
from storage import mandates
from storage.accounts import Unknown
from storage.legal_time import legal_now
from storage.mail import Message
from storage.people import reachable
from storage.recipients import person
from workers.words import mandate_ends
from workers.world import World
from workflows.effects import WARN_MANDATE, WATCH_MANDATE, Named, Wait, Watched


class MandateActivities:
    """What the mandate's workflow asks for."""

    def __init__(self, world: World) -> None:
        self._world = world

    @activity.defn(name=WATCH_MANDATE.name)
    async def watch_mandate(self, watched: Watched) -> Wait:
        """Where a mandate stands on the legal clock, and what is to be done about it now."""
        async with self._world.transaction() as connection:
            try:
                mandate = await mandates.read(connection, UUID(watched.id))
            except Unknown:
                return Wait("revoked")
            now = await legal_now(connection)
        return wait_of(mandate, now, warned=watched.warned)

    @activity.defn(name=WARN_MANDATE.name)
    async def warn_mandate(self, named: Named) -> str:
        """Write to the resident that the mandate ends soon."""
        async with self._world.transaction() as connection:
            given = await mandates.shown(connection, self._world.settings.master, UUID(named.id))
            who = await person(connection, self._world.settings.master, given.mandate.resident)
        if who is None or not reachable(who.email):
            return "nobody"
        last = civil(given.mandate.ends) - timedelta(days=1)
        words = mandate_ends(given.organisation_name, last, self._world.settings.public_url, who.language)
        key, at = f"mandate|{named.id}|warning", datetime.now(UTC)
        await self._world.mail.send(Message(to=who.email, subject=words.subject, text=words.text, key=key, at=at))
        return "sent"


def wait_of(mandate: Mandate, now: Instant, *, warned: bool) -> Wait:
    """Where a mandate stands at `now`; a mandate shorter than the warning's delay ends without one."""
    if mandate.revoked_at is not None and mandate.revoked_at <= now:
        return Wait("revoked")
    if mandate.ends <= now:
        return Wait("expired")
    warning = mandate.ends - WARNING
    if warned or warning <= mandate.starts:
        return Wait("active", seconds=(mandate.ends - now).total_seconds())
    if warning <= now:
        return Wait("active", act="warn")
    return Wait("active", seconds=(warning - now).total_seconds())
