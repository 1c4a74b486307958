"""Campaigns: what comes next of one, and the word given to every agent who may act on its requests."""

from collections.abc import Mapping
from datetime import UTC, datetime
from uuid import UUID

import structlog
from temporalio import activity

from domain.campaign import next_of
from storage.accounts.accounts import Unknown
from storage.engine.legal_time import legal_now
from storage.lists import recipients
from storage.lists.recipients import Recipient
from storage.mail import MailNotSent, Message
from storage.register import campaigns
from workers.each_recipient import tried
from workers.words import Words, of_campaign
from workers.world import World
from workflows.effects import TELL_OF_CAMPAIGN, WATCH_CAMPAIGN, CampaignMoment, Named, Wait

log = structlog.get_logger()
GONE = "gone"
NOBODY = "nobody"


class CampaignActivities:
    """What the campaign's workflow asks for."""

    def __init__(self, world: World) -> None:
        self._world = world

    @activity.defn(name=WATCH_CAMPAIGN.name)
    async def watch_campaign(self, named: Named) -> Wait:
        """Where a campaign stands on the legal clock, and what agents must be told now."""
        async with self._world.transaction() as connection:
            try:
                campaign = await campaigns.read(connection, UUID(named.id))
            except Unknown:
                return Wait(GONE)
            now = await legal_now(connection)
        following = next_of(campaign, now)
        seconds = (following.at - now).total_seconds() if following.at is not None else None
        return Wait(following.state, act=following.tell, seconds=seconds)

    @activity.defn(name=TELL_OF_CAMPAIGN.name)
    async def tell_of_campaign(self, moment: CampaignMoment) -> str:
        """Write to each agent, then note that it was told; an e-mail sent twice bears the same identifier."""
        id, world = UUID(moment.id), self._world
        async with world.transaction() as connection:
            campaign = await campaigns.read(connection, id)
            count = len(await campaigns.dossiers_of(connection, campaign))
            everybody = await recipients.agents(connection, world.settings.master, campaign.procedure, None)
        words = of_campaign(moment.moment, campaign, count, world.settings.public_url)
        messages = {
            who.account: _message(words, who, f"campaign|{id}|{moment.moment}|{who.account}") for who in everybody
        }
        await _to_each(world, messages)
        async with world.transaction() as connection:
            await campaigns.note_told(connection, id, moment.moment)
        return "sent" if everybody else NOBODY


async def _to_each(world: World, messages: Mapping[UUID, Message]) -> None:
    """Each agent alone; an attempt leaves to the next (its heartbeat) who has had it. Raises MailNotSent."""
    info = activity.info()
    before = set(info.heartbeat_details[0]) if info.heartbeat_details else set()
    left = {account: message for account, message in messages.items() if str(account) not in before}
    ended = await tried(world, left)
    refused = [account for account, how in ended.items() if how == "refused"]
    if refused:
        log.warning("campaign_address_refused", accounts=[str(account) for account in refused])
    activity.heartbeat(sorted(before | {str(account) for account in ended}))
    if len(ended) < len(left):
        raise MailNotSent(f"{len(left) - len(ended)} to be tried again")


def _message(words: Words, who: Recipient, key: str) -> Message:
    return Message(to=who.email, subject=words.subject, text=words.text, key=key, at=datetime.now(UTC))
