"""What a test says comes next, page by page, and what the workflows then asked for."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Callable
from typing import Any
from uuid import uuid4

from temporalio import activity
from temporalio.client import Client, WorkflowHandle
from temporalio.exceptions import ApplicationError

from workflows.effects import Agenda, CampaignMoment, Dossier, Named, NoticeOf, Task, Thing, Trouble, Wait, Watched
from workflows.queues import DOSSIER, workflow_id

OF_A_TASK = (
    "settle",
    "issue_letter",
    "send_email",
    "tell_agents",
    "report_incident",
    "announce_move",
    "hand_over",
    "tell_attacked",
    "publish_grant",
)


class Book:
    """The activities of the workflows: pages given out in turn, doings written down, failures as ordered.

    A kind that is `held` lasts until another kind is done.
    """

    def __init__(self, client: Client, prefix: str) -> None:
        self.client = client
        self.prefix = prefix
        self.pages: dict[str, list[Agenda]] = defaultdict(list)
        self.steps: list[str] = []
        self.waits: list[Wait] = []
        self.delivers = "available"
        self.done: list[tuple[str, str, int]] = []
        self.failing: dict[str, str] = {}
        self.held: dict[str, str] = {}
        self._noted: dict[str, asyncio.Event] = defaultdict(asyncio.Event)

    async def start(self, slug: str, *pages: Agenda, dossier: str | None = None) -> WorkflowHandle[Any, Any]:
        """Start the workflow of `slug` for a dossier whose agenda is `pages`, then empty."""
        dossier = dossier or str(uuid4())
        self.pages[dossier].extend(pages)
        return await self.client.start_workflow(
            slug,
            Dossier(dossier),
            id=workflow_id("dossier", dossier),
            task_queue=self.prefix + DOSSIER,
            start_signal="moved",
        )

    async def start_campaign(self, *waits: Wait) -> WorkflowHandle[Any, Any]:
        """Start the workflow of a campaign that stands so at each look, then is over."""
        self.waits.extend(waits)
        id = str(uuid4())
        return await self.client.start_workflow(
            "campaign",
            Named(id),
            id=workflow_id("campaign", id),
            task_queue=self.prefix + DOSSIER,
            start_signal="moved",
        )

    def kinds(self, verb: str) -> list[str]:
        """The kinds of what was done by `verb`, in order."""
        return [kind for name, kind, _ in self.done if name == verb]

    def activities(self) -> list[Callable[..., Any]]:
        """Every activity of `workflows/effects.py`."""
        return [
            self.what_next,
            self.steps_of_plan,
            self.give_up,
            self.deliver_notice,
            self.send_notice_email,
            self.watch,
            self.watch_mandate,
            self.warn_mandate,
            self.tell_of_mandate,
            self.give_up_telling,
            self.watch_campaign,
            self.tell_of_campaign,
            self.deliver_webhook,
            self.give_up_webhook,
            *(self._task(name) for name in OF_A_TASK),
        ]

    @activity.defn(name="what_next")
    async def what_next(self, dossier: Dossier) -> Agenda:
        pages = self.pages[dossier.id]
        return pages.pop(0) if pages else Agenda(seq=99)

    @activity.defn(name="steps_of_plan")
    async def steps_of_plan(self, _: Dossier) -> list[str]:
        return self.steps

    @activity.defn(name="give_up")
    async def give_up(self, trouble: Trouble) -> str:
        self.done.append(("give_up", trouble.code, trouble.task.thing.seq))
        return "open"

    @activity.defn(name="deliver_notice")
    async def deliver_notice(self, notice: NoticeOf) -> str:
        self._note("deliver_notice", notice.kind, notice.seq)
        return self.delivers

    @activity.defn(name="send_notice_email")
    async def send_notice_email(self, notice: NoticeOf) -> str:
        self._note("send_notice_email", notice.kind, notice.seq)
        return "sent"

    @activity.defn(name="tell_of_mandate")
    async def tell_of_mandate(self, _: Named) -> str:
        return "email"

    @activity.defn(name="give_up_telling_of_mandate")
    async def give_up_telling(self, _: Named) -> str:
        return "refused"

    @activity.defn(name="watch_notice")
    async def watch(self, _: NoticeOf) -> Wait:
        return self.waits.pop(0) if self.waits else Wait("deemed")

    @activity.defn(name="watch_mandate")
    async def watch_mandate(self, _: Watched) -> Wait:
        return self.waits.pop(0) if self.waits else Wait("expired")

    @activity.defn(name="warn_mandate")
    async def warn_mandate(self, mandate: Named) -> str:
        self._note("warn_mandate", mandate.id, 0)
        return "sent"

    @activity.defn(name="watch_campaign")
    async def watch_campaign(self, _: Named) -> Wait:
        return self.waits.pop(0) if self.waits else Wait("voted")

    @activity.defn(name="tell_of_campaign")
    async def tell_of_campaign(self, moment: CampaignMoment) -> str:
        self._note("tell_of_campaign", moment.moment, 0)
        return "sent"

    @activity.defn(name="deliver_webhook")
    async def deliver_webhook(self, delivery: Named) -> str:
        self._note("deliver_webhook", delivery.id, 0)
        return "delivered"

    @activity.defn(name="give_up_webhook")
    async def give_up_webhook(self, delivery: Named) -> str:
        self._note("give_up_webhook", delivery.id, 0)
        return "failed"

    def _task(self, name: str) -> Callable[..., Any]:
        async def do(task: Task) -> str:
            if until := self.held.get(task.thing.kind):
                await self._noted[until].wait()
            self._note(name, task.thing.kind, task.thing.seq)
            return "done"

        return activity.defn(name=name)(do)

    def _note(self, name: str, kind: str, seq: int) -> None:
        if kind in self.failing:
            raise ApplicationError("ordered by the test", type=self.failing[kind])
        self.done.append((name, kind, seq))
        self._noted[kind].set()


def effect(step: str, kind: str, seq: int = 1) -> Thing:
    """A pending effect."""
    return Thing("effect", step, kind, seq)
