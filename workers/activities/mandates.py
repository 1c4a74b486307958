"""Mandates: the person is told when one is in force, and thirty days before its end, which happens by itself."""

from datetime import UTC, datetime
from uuid import UUID

from temporalio import activity

from domain.calendar import Instant, civil
from domain.mandate import WARNING, Mandate
from storage.accounts import mandates
from storage.accounts.accounts import Unknown
from storage.accounts.mandates import Given, Told
from storage.accounts.people import reachable
from storage.engine.legal_time import legal_now
from storage.lists.recipients import Recipient, person
from storage.mail import AddressRefused, Message
from workers.words import Words, mandate_ends, mandate_given
from workers.world import World
from workflows.effects import GIVE_UP_TELLING, TELL_OF_MANDATE, WARN_MANDATE, WATCH_MANDATE, Named, Wait, Watched


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
            told = (await mandates.shown(connection, self._world.settings.master, mandate.id)).told
        return wait_of(mandate, now, warned=watched.warned, told=told is not None)

    @activity.defn(name=TELL_OF_MANDATE.name)
    async def tell_of_mandate(self, named: Named) -> str:
        """Write to the resident that the mandate is in force, whose it is, and how to stop it; note how they know.

        Who has no address was handed their copy of the paper. Raises MailNotSent.
        """
        given, who = await self._given(named)
        if given.told is not None:
            return given.told
        how: Told = "hand"
        if who is not None and reachable(who.email):
            last = civil(given.mandate.ends)
            words = mandate_given(given, last, self._world.settings.public_url, who.language)
            how = await self._written(f"mandate|{named.id}|given", who, words)
        await self._note(named, how)
        return how

    @activity.defn(name=GIVE_UP_TELLING.name)
    async def give_up_telling_of_mandate(self, named: Named) -> str:
        """No server took the message: the mediators see that the person does not know by it."""
        await self._note(named, "refused")
        return "refused"

    async def _given(self, named: Named) -> tuple[Given, Recipient | None]:
        async with self._world.transaction() as connection:
            given = await mandates.shown(connection, self._world.settings.master, UUID(named.id))
            return given, await person(connection, self._world.settings.master, given.mandate.resident)

    async def _written(self, key: str, who: Recipient, words: Words) -> Told:
        message = Message(to=who.email, subject=words.subject, text=words.text, key=key, at=datetime.now(UTC))
        try:
            await self._world.mail.send(message)
        except AddressRefused:
            return "refused"
        return "email"

    async def _note(self, named: Named, how: Told) -> None:
        async with self._world.transaction() as connection:
            await mandates.note_told(connection, UUID(named.id), how)

    @activity.defn(name=WARN_MANDATE.name)
    async def warn_mandate(self, named: Named) -> str:
        """Write to the resident that the mandate ends soon."""
        given, who = await self._given(named)
        if who is None or not reachable(who.email):
            return "nobody"
        last = civil(given.mandate.ends)
        words = mandate_ends(given.organisation_name, last, self._world.settings.public_url, who.language)
        return await self._written(f"mandate|{named.id}|warning", who, words)


def wait_of(mandate: Mandate, now: Instant, *, warned: bool, told: bool = True) -> Wait:
    """Where a mandate stands at `now`; a mandate shorter than the warning's delay ends without one.

    One only proposed has no life yet: its consent begins it.
    """
    if mandate.revoked_at is not None and mandate.revoked_at <= now:
        return Wait("revoked")
    if mandate.ends <= now:
        return Wait("expired")
    if mandate.consented_at is None:
        return Wait("proposed")
    if not told:
        return Wait("active", act="tell")
    warning = mandate.ends - WARNING
    if warned or warning <= mandate.starts:
        return Wait("active", seconds=(mandate.ends - now).total_seconds())
    if warning <= now:
        return Wait("active", act="warn")
    return Wait("active", seconds=(warning - now).total_seconds())
