"""E-mails to the person and to the agents; each once, its Message-ID made of the dossier, the entry and the kind."""

from datetime import UTC, datetime

from temporalio import activity

from domain.events import KINDS
from domain.request_events import TO_THE_PERSON
from storage.accounts.people import reachable
from storage.lists.recipients import Recipient, agents, person
from storage.mail import Message
from storage.register.fold import Story
from storage.register.mailings import REFUSED, Mailing
from workers.activities.standing import Hopeless, once
from workers.each_recipient import send_to_each
from workers.put_before_agents import dead_addresses
from workers.words import Words, for_agents, for_the_person
from workers.world import World
from workflows.effects import SEND_EMAIL, TELL_AGENTS, Task

NOBODY = "nobody_to_write_to"
# What reaches a person without an address, since no e-mail does: the agents post the letter of the same entry; what has
# no letter (a reminder, a payment) they say otherwise.
LETTERED = {
    effect.kind
    for event in KINDS.values()
    if any(each.verb == "letter" for each in event.follows)
    for effect in event.follows
    if effect.verb == "email"
}
POSTED = dict.fromkeys(LETTERED, "tell:post_letter") | {TO_THE_PERSON.kind: "tell:post_message"}


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
        seq, kind = task.thing.seq, task.thing.kind
        code = await write_to_the_person(self._world, told, seq, kind)
        if code == NOBODY and kind in POSTED:
            await write_to_agents(self._world, told, seq, POSTED[kind])
        elif code == NOBODY:
            await write_to_agents(self._world, told, seq, "tell:said_otherwise", instead=kind)
        return code

    async def _to_agents(self, told: Story, task: Task) -> str:
        return await write_to_agents(self._world, told, task.thing.seq, task.thing.kind)


async def addressee(world: World, told: Story) -> Recipient | None:
    """The person of a dossier, if anything can be sent to them."""
    async with world.transaction() as connection:
        who = await person(connection, world.settings.master, told.resident)
    return who if who is not None and reachable(who.email) else None


async def write_to_the_person(world: World, told: Story, seq: int, kind: str) -> str:
    """Send the e-mail of `kind`; the code says when there was nobody to write to.

    Raises MailNotSent, and Hopeless for an address refused for good, which the agents then know.
    """
    who = await addressee(world, told)
    plan, url = told.now().plan, world.settings.public_url
    words = for_the_person(kind, plan, told.reference, url, who.language if who else None)
    if words is None:
        raise Hopeless("unknown_kind", f"no words for {kind}")
    if who is None:
        return NOBODY
    which = Mailing(told.id, seq, kind)
    if await send_to_each(world, which, {who.account: _message(words, who, which.key)}):
        await dead_addresses(world, told, which, [who])
        raise Hopeless(REFUSED, f"{kind} of entry {seq}")
    return ""


async def write_to_agents(world: World, told: Story, seq: int, kind: str, instead: str = "") -> str:
    """Send the e-mail of `kind` to each agent concerned, each by themselves. Raises MailNotSent for those to come.

    `instead`: the e-mail to the person that cannot leave; two of one entry are two things to say.
    """
    words = for_agents(kind, told.now().plan, told.reference, world.settings.public_url, instead)
    if words is None:
        raise Hopeless("unknown_kind", f"no words for {kind}")
    async with world.transaction() as connection:
        everybody = await agents(connection, world.settings.master, told.procedure, told.now().agent)
    which = Mailing(told.id, seq, f"{kind} {instead}".rstrip())
    messages = {who.account: _message(words, who, f"{which.key}|{who.account}") for who in everybody}
    if refused := await send_to_each(world, which, messages):
        await dead_addresses(world, told, which, [who for who in everybody if who.account in refused])
        return REFUSED
    return "" if everybody else NOBODY


def _message(words: Words, who: Recipient, key: str) -> Message:
    return Message(to=who.email, subject=words.subject, text=words.text, key=key, at=datetime.now(UTC))
