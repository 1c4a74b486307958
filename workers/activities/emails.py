"""E-mails to the person and to the agents; each once, its Message-ID made of the dossier, the entry and the kind."""

from __future__ import annotations

from datetime import UTC, datetime

from temporalio import activity

from storage.folding import Story
from storage.mail import Message
from storage.people import reachable
from storage.recipients import Recipient, agents, person
from workers.activities.standing import Hopeless, once
from workers.words import Words, for_agents, for_the_person
from workers.world import World
from workflows.effects import SEND_EMAIL, TELL_AGENTS, Task

NOBODY = "nobody_to_write_to"


class EmailActivities:
    """What `email:<what>` and `tell:<what>` effects become."""

    def __init__(self, world: World) -> None:
        self._world = world

    @activity.defn(name=SEND_EMAIL.name)
    async def send_email(self, task: Task) -> str:
        """Tell the person that something awaits them; nothing when no account is theirs (a deposit by a system)."""
        return await once(self._world, task, self._to_the_person)

    @activity.defn(name=TELL_AGENTS.name)
    async def tell_agents(self, task: Task) -> str:
        """Tell who took the dossier, or else every agent who may act on it."""
        return await once(self._world, task, self._to_agents)

    async def _to_the_person(self, told: Story, task: Task) -> str:
        return await write_to_the_person(self._world, told, task.thing.seq, task.thing.kind)

    async def _to_agents(self, told: Story, task: Task) -> str:
        return await write_to_agents(self._world, told, task.thing.seq, task.thing.kind)


async def write_to_the_person(world: World, told: Story, seq: int, kind: str) -> str:
    """Send the e-mail of `kind`; the code says when there was nobody to write to. Raises MailNotSent."""
    async with world.transaction() as connection:
        who = await person(connection, world.settings.master, told.resident)
    words = for_the_person(kind, told.reference, world.settings.public_url, who.language if who else None)
    if words is None:
        raise Hopeless("unknown_kind", f"no words for {kind}")
    if who is None or not reachable(who.email):
        return NOBODY
    await world.mail.send(_message(words, who, f"{told.id}|{seq}|{kind}"))
    return ""


async def write_to_agents(world: World, told: Story, seq: int, kind: str) -> str:
    """Send the e-mail of `kind` to each agent concerned. Raises MailNotSent."""
    words = for_agents(kind, told.reference, world.settings.public_url)
    if words is None:
        raise Hopeless("unknown_kind", f"no words for {kind}")
    async with world.transaction() as connection:
        everybody = await agents(connection, world.settings.master, told.procedure, told.now().agent)
    for who in everybody:
        await world.mail.send(_message(words, who, f"{told.id}|{seq}|{kind}|{who.account}"))
    return "" if everybody else NOBODY


def _message(words: Words, who: Recipient, key: str) -> Message:
    return Message(to=who.email, subject=words.subject, text=words.text, key=key, at=datetime.now(UTC))
