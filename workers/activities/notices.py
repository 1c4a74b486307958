"""Notices: a letter made available to who consented, posted to who did not; then watched until the law has it given."""

from __future__ import annotations

from uuid import UUID, uuid5

from temporalio import activity
from temporalio.exceptions import ApplicationError

from domain.actors import WORKER
from domain.commands import MakeNoticeAvailable
from domain.dossier import Dossier, NoticeState
from domain.effects import stands
from domain.events import NoticeOf as Of
from domain.kernel import next_due
from domain.refusals import Refused
from storage import letters
from storage.folding import Story, story
from storage.keys import KeyDestroyed
from storage.legal_time import legal_now
from storage.register import record
from workers.activities.emails import write_to_agents, write_to_the_person
from workers.activities.standing import DONE, once
from workers.world import World
from workflows.effects import DELIVER_NOTICE, HAND_OVER, SEND_NOTICE_EMAIL, WATCH_NOTICE, NoticeOf, Task, Wait

OF: dict[str, Of] = {"notice:proposal": "proposal", "notice:decision": "decision"}
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
        """Make the letter available, or tell the agents to post it: `available`, `by_post` or `superseded`."""
        told = await self._story(notice)
        if told is None or not stands(told.now(), notice.kind, notice.seq):
            return "superseded"
        if told.now().notice_of(notice.seq) is not None:
            return "available"
        await self._wait_for_the_letter(told, notice)
        if not told.now().electronic_notice or told.now().plan.step_of("notice") is None:
            return await self._by_post(told, notice)
        try:
            await self._make_available(told, notice)
        except Refused:
            # Moved meanwhile: decided anew, withdrawn, or posted by an agent.
            return "superseded"
        return "available"

    @activity.defn(name=SEND_NOTICE_EMAIL.name)
    async def send_notice_email(self, notice: NoticeOf) -> str:
        """The « avis de mise à disposition » (CRPA R112-17)."""
        told = await self._story(notice)
        if told is not None:
            await write_to_the_person(self._world, told, notice.seq, notice.kind)
        return DONE

    @activity.defn(name=WATCH_NOTICE.name)
    async def watch_notice(self, notice: NoticeOf) -> Wait:
        """Whether it was read, or deemed read; else how long until it would be."""
        told = await self._story(notice)
        if told is None:
            return Wait("superseded")
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

    async def _make_available(self, told: Story, notice: NoticeOf) -> None:
        command = MakeNoticeAvailable(of=OF[notice.kind], target=notice.seq)
        # Derived from what it is: a second attempt is the same command, and does nothing more.
        command_id = uuid5(told.id, f"{notice.kind}/{notice.seq}")
        await record(self._world.database, told.id, command, WORKER, version=None, command_id=command_id)

    async def _by_post(self, told: Story, notice: NoticeOf) -> str:
        await write_to_agents(self._world, told, notice.seq, "tell:post")
        return "by_post"


async def _nothing(_: Story, __: Task) -> str:
    return ""


def _state(dossier: Dossier, notice: NoticeState | None) -> str:
    if notice is None:
        return "superseded"
    if notice.read is not None:
        return "read"
    if notice.deemed is not None:
        return "deemed"
    return "available" if not dossier.closed else "superseded"
