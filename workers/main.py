"""The worker's process, wired: the relay, the reconciler, and a Temporal worker for each task queue.

It survives what it depends on: PostgreSQL or Temporal away, it waits and comes back; the relay never stops.
"""

import asyncio
import os
import signal
from collections.abc import Callable, Sequence
from datetime import timedelta
from typing import Any

import structlog
from prometheus_client import start_http_server
from temporalio.client import Client
from temporalio.worker import Worker

from storage.engine.settings import Settings
from workers.activities.agenda import AgendaActivities
from workers.activities.appeals import AppealActivities
from workers.activities.campaigns import CampaignActivities
from workers.activities.documents import DocumentActivities
from workers.activities.emails import EmailActivities
from workers.activities.incidents import IncidentActivities
from workers.activities.letters import LetterActivities
from workers.activities.mandates import MandateActivities
from workers.activities.notices import NoticeActivities
from workers.activities.open_data import OpenDataActivities
from workers.activities.settlement import SettlementActivities
from workers.activities.webhooks import WebhookActivities
from workers.connecting import FIRST, connected
from workers.reconciler import Reconciler
from workers.relay import Relay
from workers.runner import sandboxed
from workers.signals import Signals
from workers.world import World
from workflows.every import WORKFLOWS
from workflows.queues import BULK, DOSSIER, EFFECTS

GRACE = timedelta(seconds=10)
CACHED = 500
LOOPBACK = "127.0.0.1"
Activity = Callable[..., Any]
log = structlog.get_logger()


def activities(world: World) -> dict[str, list[Activity]]:
    """Every activity, by the queue where `workflows/policies.py` asks for it."""
    agenda, letters, emails = AgendaActivities(world), LetterActivities(world), EmailActivities(world)
    notices, incidents, webhooks = NoticeActivities(world), IncidentActivities(world), WebhookActivities(world)
    campaigns = CampaignActivities(world)
    appeals, published = AppealActivities(world), OpenDataActivities(world)
    mandates, settlement, documents = MandateActivities(world), SettlementActivities(world), DocumentActivities(world)
    return {
        DOSSIER: [
            agenda.what_next, agenda.steps_of_plan, settlement.settle, notices.watch_notice, mandates.watch_mandate,
            campaigns.watch_campaign,
        ],
        EFFECTS: [
            letters.issue_letter, emails.send_email, emails.tell_agents, incidents.give_up, incidents.report_incident,
            notices.deliver_notice, notices.send_notice_email, notices.hand_over, webhooks.announce_move,
            webhooks.give_up_webhook, mandates.warn_mandate, mandates.tell_of_mandate,
            mandates.give_up_telling_of_mandate, appeals.tell_attacked, published.publish_grant,
            campaigns.tell_of_campaign,
        ],
        BULK: [webhooks.deliver_webhook, documents.scan_document],
    }  # fmt: skip


def workers(client: Client, world: World) -> list[Worker]:
    """A worker for each queue, its pollers and slots sized: five pollers are too few, and bulk must starve nobody."""
    done_by = activities(world)
    sizes = {DOSSIER: (20, 100), EFFECTS: (20, 50), BULK: (4, 20)}
    return [
        Worker(
            client,
            task_queue=world.settings.task_queue_prefix + queue,
            workflows=list(WORKFLOWS.get(queue, ())),
            activities=done_by[queue],
            workflow_runner=sandboxed(),
            max_cached_workflows=CACHED if WORKFLOWS.get(queue) else 0,
            max_concurrent_workflow_task_polls=pollers,
            max_concurrent_activity_task_polls=pollers,
            max_concurrent_activities=slots,
            graceful_shutdown_timeout=GRACE,
        )
        for queue, (pollers, slots) in sizes.items()
    ]


async def serve(settings: Settings, *, stop: asyncio.Event | None = None) -> None:
    """Run until `stop` is set; what was begun is then finished, within GRACE."""
    stop = stop or asyncio.Event()
    world = World.of(settings)
    try:
        running = [asyncio.create_task(_for_ever(world)), asyncio.create_task(stop.wait())]
        await asyncio.wait(running, return_when=asyncio.FIRST_COMPLETED)
        for task in running:
            task.cancel()
        await _ended(running)
    finally:
        await world.close()


async def _for_ever(world: World) -> None:
    while True:
        client = await connected(world.settings)
        try:
            await _carry(client, world)
        except ExceptionGroup as failed:
            if (task := asyncio.current_task()) is not None and task.cancelling():
                # Something failed while it was being stopped: stopping goes on.
                raise asyncio.CancelledError from failed
            # A poller that Temporal refused for good, say; everything durable is elsewhere, so begin again.
            log.exception("worker_begins_again", errors=[type(error).__name__ for error in failed.exceptions])
        await asyncio.sleep(FIRST)


async def _carry(client: Client, world: World) -> None:
    """Until cancelled, or until one of them fails: then all stop, together, within GRACE."""
    signals = Signals(client, world.settings.task_queue_prefix)
    async with asyncio.TaskGroup() as tasks:
        for worker in workers(client, world):
            tasks.create_task(worker.run())
        tasks.create_task(Relay(world.database, signals).run())
        tasks.create_task(Reconciler(world, client).run())


async def _ended(tasks: Sequence[asyncio.Task[Any]]) -> None:
    for ended in await asyncio.gather(*tasks, return_exceptions=True):
        if isinstance(ended, BaseException) and not isinstance(ended, asyncio.CancelledError):
            raise ended


def run(settings: Settings) -> None:
    """The process: until SIGTERM or SIGINT."""
    asyncio.run(_run(settings))


async def _run(settings: Settings) -> None:
    stop, loop = asyncio.Event(), asyncio.get_running_loop()

    def asked() -> None:
        stop.set()
        # What still hangs then is not worth waiting for: whatever was begun is done again elsewhere.
        loop.call_later(2.5 * GRACE.total_seconds(), os._exit, 1)

    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, asked)
    if settings.metrics_port is not None:
        start_http_server(settings.metrics_port, addr=LOOPBACK)
    log.info("worker_started", queues=settings.task_queue_prefix)
    await serve(settings, stop=stop)
