"""A crash at any line loses nothing and repeats nothing: an upload is killed at each of its boundaries in turn."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import timedelta
from typing import ParamSpec, TypeVar
from uuid import uuid4

from sqlalchemy.ext.asyncio import AsyncConnection

from storage.documents.reconciler import reconcile_documents, sweep_objects
from storage.documents.replay import earlier_upload
from storage.documents.rows import Document
from storage.documents.scan import scan_document
from storage.documents.vault import promote
from storage.engine.database import WORKING, Context, Database
from storage.engine.settings import Settings
from storage.objects.moves import unfinished
from storage.objects.store import ObjectStore
from tests.long import LONG
from tests.storage.documents.corpus.making import blank_pdf
from tests.storage.documents.desk import Desk
from tests.storage.documents.test_documents import large_pdf

pytest_plugins = ("tests.storage.documents.fixtures",)

P = ParamSpec("P")
T = TypeVar("T")
AT_ONCE = timedelta(seconds=-5)


class Killed(BaseException):
    """The process is dead: nothing it would do afterwards happens either."""


class Life:
    """So many boundaries crossed before death: each call outside counts before it and after it."""

    def __init__(self, left: int) -> None:
        self.left = left

    def cross(self) -> None:
        """One boundary."""
        self.left -= 1
        if self.left < 0:
            raise Killed


class MortalStore(ObjectStore):
    """The object store, seen from a process that may die."""

    life: Life

    async def call(self, work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        self.life.cross()
        result = await super().call(work, *args, **kwargs)
        self.life.cross()
        return result


class MortalDatabase(Database):
    """The database, seen from a process that may die."""

    life: Life

    @asynccontextmanager
    async def transaction(self, context: Context) -> AsyncIterator[AsyncConnection]:
        self.life.cross()
        async with super().transaction(context) as connection:
            yield connection
            self.life.cross()
        self.life.cross()


async def one_life(desk: Desk, content: bytes) -> bool:
    """Upload and promote; False when the process died on the way."""
    try:
        sent = await desk.upload(content, idempotency_key="one")
        return await promote(desk.app, desk.store, desk.context, sent.id, "not_scanned")
    except Killed:
        return False


async def again(desk: Desk, content: bytes) -> Document:
    """What the sender does after a silence: the same upload, under the same key."""
    key = await desk.app.keys.of(desk.dossier)
    async with desk.app.transaction(desk.context) as connection:
        earlier = await earlier_upload(connection, key, desk.dossier, desk.resident, "one")
    return earlier or await desk.upload(content, idempotency_key="one")


async def test_an_upload_killed_at_each_boundary_is_kept_once_or_not_at_all(desk: Desk, settings: Settings) -> None:
    """Afterwards: one document, readable, exact; no other object; the same for a file of several parts (at each
    third boundary, but in `make test-long`).
    """
    deaths = 0
    for content, steps in ((blank_pdf(), 1), (large_pdf(9 << 20), 1 if LONG else 3)):
        for left in range(0, 200, steps):
            app = MortalDatabase(settings, "app")
            store = MortalStore.__new__(MortalStore)
            store.__dict__.update(desk.store.__dict__)
            mortal = replace(desk, app=app, store=store, dossier=uuid4(), resident=uuid4())
            await mortal_draft(desk, mortal)
            app.life = store.life = Life(left)
            survived = await one_life(mortal, content)
            await app.close()
            await check_after(replace(desk, dossier=mortal.dossier, resident=mortal.resident), content)
            deaths += not survived
            if survived:
                break
    assert deaths > 30


async def mortal_draft(desk: Desk, mortal: Desk) -> None:
    """A draft for the one who will die."""
    opened = await Desk.opened(desk.app, desk.worker, desk.store, dossier=mortal.dossier, resident=mortal.resident)
    assert opened.dossier == mortal.dossier


async def check_after(desk: Desk, content: bytes) -> None:
    """The reconciler passes, the sender sends again, the scanner passes: exactly one document is there."""
    await desk.lapse()
    await again(desk, content)
    await desk.lapse()
    done = await reconcile_documents(desk.worker, desk.store, WORKING)
    assert not done.lost
    for waiting in done.to_scan:
        await scan_document(desk.worker, desk.store, WORKING, None, waiting)
    await reconcile_documents(desk.worker, desk.store, WORKING)
    swept = await sweep_objects(desk.worker, desk.store, WORKING, old=AT_ONCE)
    assert [orphan for orphan in swept.orphans if str(desk.dossier) in orphan] == []
    assert [left async for left in unfinished(desk.store, desk.store.bucket)] == []
    (found,) = await desk.shown()
    assert found.status == "not_scanned"
    assert await desk.read(found) == content
    assert await desk.objects() == {found.vault}
