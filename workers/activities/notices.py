"""Notices: a letter made available to who consented, posted to who did not; then watched until the law has it given."""

from uuid import UUID, uuid5

from temporalio import activity
from temporalio.exceptions import ApplicationError

from domain.actors import WORKER
from domain.dossier import Dossier
from domain.effects import stands
from domain.kernel import next_due
from domain.non_delivery import GiveUpNotice, Why
from domain.refusals import Refused
from domain.states import NoticeOf as Of
from domain.states import NoticeState
from domain.steps.notice import MakeNoticeAvailable
from domain.steps.notice_events import NOTICES
from storage.documents import letters
from storage.engine.keys import KeyDestroyed
from storage.engine.legal_time import legal_now
from storage.mail import MailNotSent
from storage.register import mailings
from storage.register.door import record
from storage.register.fold import Story, story
from storage.register.mailings import REFUSED, Mailing
from workers.activities.emails import addressee, write_to_agents, write_to_the_person
from workers.activities.standing import DONE, Hopeless, once
from workers.put_before_agents import put_before_agents
from workers.world import World
from workflows import policies
from workflows.effects import DELIVER_NOTICE, HAND_OVER, SEND_NOTICE_EMAIL, WATCH_NOTICE, NoticeOf, Task, Wait

A_MINUTE = 60.0


class NoticeActivities:
    """What the notice's workflow asks for."""

    def __init__(self, world: World) -> None:
        self._world = world

    @activity.defn(name=HAND_OVER.name)
    async def hand_over(self, task: Task) -> str:
        """The notice has its own workflow: the dossier's goes on."""
        return await once(self._world, task, _nothing)

    @activity.defn(name=DELIVER_NOTICE.name)
    async def deliver_notice(self, notice: NoticeOf) -> str:
        """Tell the person, then make the letter available; or have the agents post it.

        `available`, `by_post` or `superseded`. Nothing is at the disposal of who was not told (CRPA R112-19).
        """
        told = await self._story(notice)
        if told is None or not stands(told.now(), notice.kind, notice.seq):
            return "superseded"
        if told.now().notice_of(notice.seq) is not None:
            return "available"
        if notice.seq in told.now().by_post:
            return "by_post"
        await self._wait_for_the_letter(told, notice)
        if not told.now().electronic_notice or told.now().plan.step_of("notice") is None:
            return await self._by_post(told, notice)
        if await self._given_up(told, notice):
            return "by_post"
        try:
            await self._make_available(told, notice)
        except Refused:
            # Moved meanwhile: decided anew, withdrawn, or posted by an agent.
            return "superseded"
        return "available"

    @activity.defn(name=SEND_NOTICE_EMAIL.name)
    async def send_notice_email(self, notice: NoticeOf) -> str:
        """The « avis de mise à disposition » (CRPA R112-19), for a letter made available before it left."""
        told = await self._story(notice)
        if told is not None and _state(told.now(), told.now().notice_of(notice.seq)) == "available":
            await self._given_up(told, notice)
        return DONE

    @activity.defn(name=WATCH_NOTICE.name)
    async def watch_notice(self, notice: NoticeOf) -> Wait:
        """Whether it was read, or deemed read; else how long until it would be."""
        told = await self._story(notice)
        if told is None:
            return Wait("superseded")
        if await self._never_announced(told, notice):
            return Wait("by_post")
        async with self._world.transaction() as connection:
            now = await legal_now(connection)
        dossier = told.now()
        state = _state(dossier, dossier.notice_of(notice.seq))
        due = next_due(dossier)
        if state != "available" or due is None:
            return Wait(state)
        return Wait(state, seconds=max(A_MINUTE, (due.at - now).total_seconds()))

    async def _story(self, notice: NoticeOf) -> Story | None:
        async with self._world.transaction() as connection:
            try:
                return await story(connection, self._world.database.keys, UUID(notice.dossier))
            except KeyDestroyed:
                return None

    async def _wait_for_the_letter(self, told: Story, notice: NoticeOf) -> None:
        """Nothing is notified without its letter, and nobody is told to post what does not exist."""
        letter = "letter:" + notice.kind.partition(":")[2]
        async with self._world.transaction() as connection:
            if not await letters.exists(connection, told.id, notice.seq, letter):
                raise ApplicationError(f"{letter} of entry {notice.seq} is not made", type="letter_missing")

    async def _given_up(self, told: Story, notice: NoticeOf) -> bool:
        """Send the notice; when it can reach nobody, write down that the letter goes by post. Raises MailNotSent."""
        why = await self._announced(told, notice)
        if why is None:
            return False
        command, kind = GiveUpNotice(target=notice.seq, why=why), notice.kind
        command_id = uuid5(told.id, f"{kind}/{notice.seq}/given up")
        try:
            await record(self._world.database, told.id, command, WORKER, version=None, command_id=command_id)
        except Refused:
            # It arrived otherwise meanwhile.
            return True
        async with self._world.transaction() as connection:
            await put_before_agents(connection, told, notice.seq, kind, code=f"notice_{why}", tell=False)
        return True

    async def _never_announced(self, told: Story, notice: NoticeOf) -> bool:
        """Whether it was made available, before this was looked at, to somebody whom nothing reaches."""
        if _state(told.now(), told.now().notice_of(notice.seq)) != "available" or await addressee(self._world, told):
            return False
        async with self._world.transaction() as connection:
            ended = await mailings.ended(connection, Mailing(told.id, notice.seq, notice.kind))
        return "accepted" not in ended.values() and await self._given_up(told, notice)

    async def _announced(self, told: Story, notice: NoticeOf) -> Why | None:
        """Why the notice reached nobody, at last; None once a mail server took it. Raises MailNotSent before."""
        if await addressee(self._world, told) is None:
            return "no_address"
        try:
            await write_to_the_person(self._world, told, notice.seq, notice.kind)
        except Hopeless as hopeless:
            if hopeless.type != REFUSED:
                raise
            return "refused"
        except MailNotSent:
            if activity.info().attempt < policies.EMAIL.attempts:
                raise
            return "away"
        return None

    async def _make_available(self, told: Story, notice: NoticeOf) -> None:
        command = MakeNoticeAvailable(of=_subject(notice), target=notice.seq)
        # Derived from what it is: a second attempt is the same command, and does nothing more.
        command_id = uuid5(told.id, f"{notice.kind}/{notice.seq}")
        await record(self._world.database, told.id, command, WORKER, version=None, command_id=command_id)

    async def _by_post(self, told: Story, notice: NoticeOf) -> str:
        await write_to_agents(self._world, told, notice.seq, "tell:post")
        return "by_post"


async def _nothing(_: Story, __: Task) -> str:
    return ""


def _subject(notice: NoticeOf) -> Of:
    """What it brings."""
    return next(of for of in NOTICES if notice.kind == f"notice:{of}")


def _state(dossier: Dossier, notice: NoticeState | None) -> str:
    if notice is None:
        return "superseded"
    if notice.read is not None:
        return "read"
    if notice.deemed is not None:
        return "deemed"
    if notice.target in dossier.by_post:
        return "by_post"
    return "available" if not dossier.closed else "superseded"
