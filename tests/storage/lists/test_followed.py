"""A list followed by its cursor passes over nothing that is still being written."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import psycopg
import pytest
from sqlalchemy import text
from uuid_utils.compat import uuid7

from domain.actors import Actor
from domain.filing import File
from domain.messages import SendMessage
from storage.engine import legal_time
from storage.engine.database import Context, Database
from storage.engine.settings import Settings
from storage.lists import dossiers
from storage.lists.dossiers import Listed
from storage.register.before_filing import Ready
from storage.register.door import Recorded, record
from storage.register.filing import Owner, Prepared, deposit, file_ready
from storage.register.idempotency import Answer, Once
from tests.domain.telling import DOCUMENT
from tests.storage.filed import FORM, draft, file, opened, plan_of, resident_of

NOTHING = UUID(int=0)
COPIED = (
    "INSERT INTO dossier (id, reference, procedure, plan, version, acts, head, filed_at, recorded_at)"
    " SELECT %s, %s, procedure, plan, 1, 1, '', filed_at, recorded_at FROM dossier WHERE id = %s"
)
"""Another's dossier under an identifier that somebody is about to use."""


@pytest.fixture
async def app(settings: Settings) -> AsyncIterator[Database]:
    """The database as the API reaches it."""
    async with opened(settings, "app") as database:
        yield database


class Follower:
    """A system that goes on from the last row it was given, for ever."""

    def __init__(self, app: Database, procedure: str, since: datetime) -> None:
        self._app, self._procedure = app, procedure
        self._after = (since, NOTHING)

    async def next(self) -> list[UUID]:
        """What the list gives after what it gave before."""
        system = uuid7()
        context = Context(audience="system", subject=system, procedures=(self._procedure,))
        async with self._app.transaction(context) as connection:
            found: list[Listed] = await dossiers.followed(connection, [self._procedure], 50, self._after)
        if found:
            self._after = (found[-1].recorded_at, found[-1].id)
        return [one.id for one in found]


async def now(app: Database) -> datetime:
    """The legal instant."""
    async with app.transaction(Context(audience="anonymous", subject=None)) as connection:
        return await legal_time.legal_now(connection)


async def somebody_waits(settings: Settings) -> None:
    """Until a transaction of this database waits for another's lock."""
    # A row's lock is waited for by its holder's transaction, which belongs to no database; ours names its own.
    query = (
        "SELECT count(*) FROM pg_locks w WHERE NOT w.granted AND w.pid IN"
        " (SELECT pid FROM pg_stat_activity WHERE datname = current_database())"
    )
    async with (
        asyncio.timeout(20),
        await psycopg.AsyncConnection.connect(settings.database_url, autocommit=True) as owner,
    ):
        while (await (await owner.execute(query)).fetchone() or (0,))[0] == 0:
            await asyncio.sleep(0.02)


async def test_an_act_that_commits_after_a_later_one_is_not_missed(app: Database, settings: Settings) -> None:
    """The first takes its instant and is held up; the second begins after it and commits before it."""
    who, procedure = uuid7(), f"essai-{uuid4().hex[:8]}"
    slow, fast = [await file(app, who, of=plan_of(procedure)) for _ in range(2)]
    follower = Follower(app, procedure, await now(app))

    async def write(to: Recorded) -> Recorded:
        message, actor = SendMessage(sender="resident", text="Bonjour"), Actor(kind="resident", id=who, name="Anna")
        return await record(app, to.id, message, actor, command_id=uuid7(), context=resident_of(who))

    async with await psycopg.AsyncConnection.connect(settings.database_url) as holding:
        await holding.execute("SELECT FROM clock WHERE dossier = %s FOR UPDATE", [slow.id])
        late = asyncio.create_task(write(slow))
        await somebody_waits(settings)
        second = await write(fast)
        meanwhile = await follower.next()
        await holding.rollback()
    first = await late

    assert first.at < second.at
    assert meanwhile == []
    assert await follower.next() == [slow.id, fast.id]
    assert await follower.next() == []


async def test_a_deposit_that_commits_after_a_later_one_is_not_missed(app: Database, settings: Settings) -> None:
    """Held up by a row of its own identifier, which is then given up."""
    system, procedure = uuid7(), f"essai-{uuid4().hex[:8]}"
    context, actor = Context(audience="system", subject=system), Actor(kind="system", id=system, name="Logiciel")
    before = await file(app, of=plan_of(procedure))
    follower, slow, fast = Follower(app, procedure, await now(app)), uuid7(), uuid7()

    async def deposit_it(id_: UUID) -> Recorded:
        command, owner = File(form=FORM, pieces={"certificat": (DOCUMENT,)}), Owner(system=system)
        return await deposit(app, context, id_, command, actor, plan=plan_of(procedure), owner=owner)

    async with await psycopg.AsyncConnection.connect(settings.database_url) as holding:
        await holding.execute(COPIED, [slow, f"tenu-{slow}", before.id])
        late = asyncio.create_task(deposit_it(slow))
        await somebody_waits(settings)
        second = await deposit_it(fast)
        meanwhile = await follower.next()
        await holding.rollback()
    first = await late

    assert first.at < second.at
    assert meanwhile == []
    assert await follower.next() == [slow, fast]


async def test_a_draft_filed_after_a_later_one_is_not_missed(app: Database, settings: Settings) -> None:
    """A resident's filing, as the counter does it, held up by a row of its own identifier that is then given up."""
    who, procedure = uuid7(), f"essai-{uuid4().hex[:8]}"
    before = await file(app, who, of=plan_of(procedure))
    slow, fast = [await draft(app, who, procedure) for _ in range(2)]
    follower = Follower(app, procedure, await now(app))
    actor = Actor(kind="resident", id=who, name="Anna")

    def prepare(found: Ready, content: dict[str, Any]) -> Prepared:
        del found, content
        return Prepared(command=File(form=FORM, pieces={"certificat": (DOCUMENT,)}), plan=plan_of(procedure))

    async def file_it(id_: UUID) -> Recorded:
        once = Once(actor=who, route="submit", key=str(id_), body=b"", answer=lambda _: Answer(status=201, body={}))
        return await file_ready(app, resident_of(who), id_, prepare, actor, once=once)

    async with await psycopg.AsyncConnection.connect(settings.database_url) as holding:
        await holding.execute(COPIED, [slow, f"tenu-{slow}", before.id])
        late = asyncio.create_task(file_it(slow))
        await somebody_waits(settings)
        second = await file_it(fast)
        meanwhile = await follower.next()
        await holding.rollback()
    first = await late

    assert first.at < second.at
    assert meanwhile == []
    assert await follower.next() == [slow, fast]


async def test_where_nobody_writes_everything_is_listed_at_once(app: Database) -> None:
    procedure = f"essai-{uuid4().hex[:8]}"
    follower = Follower(app, procedure, await now(app))
    filed = [(await file(app, of=plan_of(procedure))).id for _ in range(3)]

    assert await follower.next() == filed


async def test_a_reader_holds_no_list_back(app: Database) -> None:
    """Only who writes announces: a long reading delays nobody."""
    procedure = f"essai-{uuid4().hex[:8]}"
    follower = Follower(app, procedure, await now(app))
    async with app.transaction(Context(audience="anonymous", subject=None)) as reading:
        await reading.execute(text("SELECT legal_now()"))
        filed = await file(app, of=plan_of(procedure))
        assert await follower.next() == [filed.id]


async def test_where_the_clock_stands_still_what_was_just_written_is_listed(app: Database, settings: Settings) -> None:
    procedure = f"essai-{uuid4().hex[:8]}"
    follower = Follower(app, procedure, await now(app))
    async with opened(settings, "worker") as worker:
        await legal_time.move_clock(worker, await now(app) + timedelta(seconds=5), fixed=True, signal=False)
        try:
            filed = await file(app, of=plan_of(procedure))
            assert await follower.next() == [filed.id]
        finally:
            await legal_time.move_clock(worker, await now(app), signal=False)
