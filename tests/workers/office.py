"""A whole counter for one test: its own database, its own queues, and a worker that the test starts and stops."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace
from email import message_from_bytes
from email.message import Message
from email.policy import default
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import text
from structlog.testing import capture_logs
from temporalio.client import Client, WorkflowHandle
from temporalio.worker import UnsandboxedWorkflowRunner, Worker

from catalogue.loader import PROCEDURES, catalogue
from domain.actors import Actor
from domain.calendar import Instant
from domain.command import Command
from domain.filing import File
from domain.plan import Plan
from storage.accounts import accounts
from storage.engine import legal_time
from storage.engine.database import WORKING, Database
from storage.mail import mail_of
from storage.register import filing
from storage.register.door import Recorded, record
from storage.register.fold import Story, story
from storage.tables.accounts import agent_group, group_member, group_procedure
from workers import main
from workers.connecting import connect
from workers.reconciler import Reconciler
from workers.relay import Relay
from workers.signals import Signals
from workers.world import World
from workflows.every import WORKFLOWS
from workflows.queues import DOSSIER, EFFECTS

AGENT = Actor(kind="agent", id=UUID(int=7), name="Anne Agent")
SOON = 40.0


def example(slug: str) -> dict[str, Any]:
    """The worked example of a procedure: its form, and what its steps and outcomes ask for."""
    file = PROCEDURES / slug / "example.json"
    found: dict[str, Any] = json.loads(file.read_text("utf-8")) if file.exists() else {}
    return found


class Office:
    """What a test does to dossiers, and what it then sees."""

    def __init__(self, world: World, owner: Database, client: Client) -> None:
        self.world, self.owner, self.client = world, owner, client

    async def resident(self, email: str = "anna@example.org") -> UUID:
        """An account to write to."""
        async with self.owner.transaction(WORKING) as connection:
            found = await accounts.resident_of(connection, self.world.settings.master, email, "Anna Le Goff")
        assert found is not None
        return found

    async def agent(self, group: str, *procedures: str) -> str:
        """An instructor of a group that serves those procedures; their e-mail address."""
        email = f"{group}@example.org"
        async with self.owner.transaction(WORKING) as connection:
            found = await accounts.add(connection, self.world.settings.master, "agent", email, "Anne Agent")
            await connection.execute(agent_group.insert().values(slug=group, title=group))
            await connection.execute(group_member.insert().values(account=found, group_slug=group, role="instructor"))
            for procedure in procedures:
                await connection.execute(group_procedure.insert().values(group_slug=group, procedure=procedure))
        return email

    async def file(
        self,
        slug: str,
        *,
        plan: Plan | None = None,
        form: Mapping[str, Any] | None = None,
        electronic: bool = True,
        complete: bool = True,
        email: str = "anna@example.org",
    ) -> UUID:
        """File the worked example of a procedure (or `form`), every required piece given when `complete`."""
        plan = plan or catalogue().plan(slug)
        form = form if form is not None else example(slug).get("form", {})
        owed = [piece.key for piece in plan.pieces if piece.required_for(form)] if complete else []
        command = File(form=form, pieces={key: (uuid4(),) for key in owed}, electronic_notice=electronic)
        resident, dossier = await self.resident(email), uuid4()
        actor = Actor(kind="resident", id=resident, name="Anna Le Goff")
        owner = filing.Owner(resident=resident)
        await filing.deposit(self.world.database, WORKING, dossier, command, actor, plan=plan, owner=owner)
        return dossier

    async def act(self, dossier: UUID, command: Command, actor: Actor = AGENT) -> Recorded:
        """Record an act."""
        return await record(self.world.database, dossier, command, actor, version=None, command_id=uuid4())

    async def story(self, dossier: UUID) -> Story:
        """The dossier and its journal."""
        async with self.world.transaction() as connection:
            return await story(connection, self.world.database.keys, dossier)

    async def rows(self, sql: str, **given: Any) -> list[Any]:
        """Rows, as the worker sees them."""
        async with self.world.transaction() as connection:
            return list((await connection.execute(text(sql), given)).all())

    async def effects(self, dossier: UUID) -> dict[tuple[int, str], str]:
        """How each effect stands."""
        rows = await self.rows(
            "SELECT seq, kind, status FROM effect WHERE dossier = :d ORDER BY seq, position", d=dossier
        )
        return {(row.seq, row.kind): row.status for row in rows}

    async def settled(self, dossier: UUID, *, within: float = SOON) -> dict[tuple[int, str], str]:
        """The effects, once none is pending and the workflow has taken up the whole journal."""
        behind = (
            "SELECT 1 FROM dossier d LEFT JOIN carried c ON c.dossier = d.id"
            " WHERE d.id = :d AND coalesce(c.seq, 0) < d.version"
        )
        await self.until(lambda: self._none(behind, dossier), within)
        return await self.effects(dossier)

    async def _none(self, sql: str, dossier: UUID) -> bool:
        return not await self.rows(sql, d=dossier)

    async def until(self, true: Callable[[], Any], within: float = SOON) -> None:
        """Wait until an asynchronous condition holds. Raises TimeoutError."""
        async with asyncio.timeout(within):
            while not await true():
                await asyncio.sleep(0.05)

    def mails(self) -> list[Message]:
        """Every e-mail sent."""
        folder = Path(str(self.world.settings.mail_folder))
        return [message_from_bytes(file.read_bytes(), policy=default) for file in sorted(folder.glob("*.eml"))]

    async def fix(self, at: Instant, *, wake: bool = True) -> None:
        """Stop the legal clock at an instant."""
        await legal_time.move_clock(self.world.database, at, fixed=True, signal=wake)

    @asynccontextmanager
    async def working(self, *, relay: Client | None = None, instead: Sequence[type] = ()) -> AsyncIterator[None]:
        """Workers of every queue, and a relay (through `relay` when the test skips time).

        `instead` are workflow types to run, outside the sandbox, in place of the shipped ones of the same names.
        """
        signals = Signals(relay or self.client, self.world.settings.task_queue_prefix)
        relaying = asyncio.create_task(Relay(self.world.database, signals).run())
        running = [asyncio.create_task(worker.run()) for worker in self._workers(instead)]
        try:
            yield
        finally:
            relaying.cancel()
            for task in running:
                task.cancel()
            _, alive = await asyncio.wait([relaying, *running], timeout=60)
            assert not alive, f"still running a minute after being cancelled: {alive}"

    def _workers(self, instead: Sequence[type]) -> list[Worker]:
        if not instead:
            return main.workers(self.client, self.world)
        done_by = main.activities(self.world)
        return [
            Worker(
                self.client,
                task_queue=self.world.settings.task_queue_prefix + queue,
                workflows=[*instead, *WORKFLOWS[DOSSIER][-2:]] if queue == DOSSIER else [],
                activities=done_by[queue],
                workflow_runner=UnsandboxedWorkflowRunner(),
            )
            for queue in (DOSSIER, EFFECTS)
        ]

    def reconciler(self, late: float = 0.0) -> Reconciler:
        """A reconciler that finds late what is `late` seconds old."""
        return Reconciler(self.world, self.client, late=late)

    def workflow(self, dossier: UUID) -> WorkflowHandle[Any, Any]:
        """The dossier's workflow, its present or last run."""
        return self.client.get_workflow_handle(f"dossier/{dossier}")


async def opened(world: World, owner: Database) -> Office:
    """An office on the parts that the world names."""
    return Office(world, owner, await connect(world.settings))


@asynccontextmanager
async def in_vain(office: Office) -> AsyncIterator[None]:
    """Come out once a worker begun inside has looked for Temporal twice, and not found it."""
    with capture_logs() as said:
        yield
        await office.until(lambda: _twice(said))


async def _twice(said: Sequence[Mapping[str, Any]]) -> bool:
    return [one["event"] for one in said].count("temporal_away") >= 2


async def elsewhere(office: Office, **settings: str) -> Office:
    """The same office, whose scanner and mail server are those."""
    changed = office.world.settings.model_copy(update=settings)
    return await opened(replace(office.world, settings=changed, mail=mail_of(changed)), office.owner)
