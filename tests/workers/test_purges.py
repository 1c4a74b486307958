"""A purge cut short, or undone by a restore of the keys' database, is ended by the reconciler."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from uuid import UUID, uuid4

import psycopg
from sqlalchemy import text

from cli.commands.purge import OPERATOR
from domain.extension import Suspend
from domain.messages import SendMessage
from storage.engine.database import WORKING, Context, Database
from storage.lists import dossiers
from storage.register.purge import purge
from storage.register.verification import verify
from tests.storage.filed import file
from tests.storage.filed import opened as database_of
from tests.workers.office import Office
from tests.workers.test_webhooks import delivered, receiver, subscribed


async def forced(worker: Database, dossier: UUID) -> None:
    """Purge it although it is open, its reference said again."""
    async with worker.transaction(WORKING) as connection:
        found = await connection.execute(text("SELECT reference FROM dossier WHERE id = :id"), {"id": dossier})
    await purge(worker, dossier, ground="terme", actor=OPERATOR, forced=str(found.scalar_one()))


async def left(office: Office, dossier: UUID) -> list[str]:
    """Every object of a dossier, in both buckets."""
    store = office.world.objects
    prefixes = [f"{what}/{dossier}/" for what in ("vault", "letters")]
    return [
        found.key
        for bucket in (store.bucket, store.locked)
        for prefix in prefixes
        async for found in store.list(bucket, prefix)
    ]


async def test_a_purge_is_told_to_systems_and_leaves_nothing_but_what_is_locked(office: Office) -> None:
    """`dossier.purged`, once; no letter, no document, no incident; a locked act is unreadable until its lock ends."""
    slug = "acces-documents"
    async with receiver() as system, office.working():
        await subscribed(office, system.url, slug)
        dossier = await office.file(slug)
        await office.act(dossier, Suspend(reasons="Original demandé"))
        await office.act(dossier, SendMessage(sender="agent", text="Bonjour"))
        await office.settled(dossier)
        store = office.world.objects
        await store.put_sealed(store.bucket, f"vault/{dossier}/stray", b"sealed")
        moves = (await office.story(dossier)).version
        await forced(office.world.database, dossier)
        await office.until(lambda: delivered(office, dossier, moves + 1))
        await forced(office.world.database, dossier)
        await office.reconciler().once()
        kinds = [json.loads(body)["type"] for _, body in system.received]
    assert kinds.count("dossier.purged") == 1
    assert all(key.startswith(f"letters/{dossier}/") for key in await left(office, dossier))
    for table in ("document", "incident", "queue_row", "search_token"):
        assert await office.rows(f"SELECT 1 FROM {table} WHERE dossier = :d", d=dossier) == []  # noqa: S608
    locked = await office.rows("SELECT locked FROM letter WHERE dossier = :d", d=dossier)
    assert all(row.locked for row in locked)


async def test_whoever_follows_reads_in_the_list_that_it_was_purged(office: Office) -> None:
    """The last move of a dossier is its purge; a list without it would leave copies elsewhere for ever."""
    dossier = await office.file("acces-documents")
    await forced(office.world.database, dossier)
    context = Context(audience="system", subject=uuid4(), procedures=("acces-documents",))

    async def told() -> list[str]:
        async with database_of(office.owner.settings, "app") as app, app.transaction(context) as connection:
            start = datetime(1970, 1, 1, tzinfo=UTC), UUID(int=0)
            found = await dossiers.followed(connection, ["acces-documents"], 100, start)
            return [one.status for one in found if one.id == dossier]

    await office.until(told)
    assert await told() == ["purged"]


async def test_a_key_that_came_back_is_destroyed_at_the_first_look(office: Office) -> None:
    settings, worker = office.owner.settings, office.world.database
    async with database_of(settings, "app") as app:
        dossier = (await file(app)).id
    read = "SELECT wrapped FROM dossier_key WHERE dossier = %s"
    with psycopg.connect(settings.url_of("keys")) as keys:
        saved = keys.execute(read, [dossier]).fetchone()
    await forced(worker, dossier)
    with psycopg.connect(settings.url_of("keys")) as keys:
        keys.execute("UPDATE dossier_key SET wrapped = %s WHERE dossier = %s", [*(saved or ()), dossier])

    assert not (await verify(worker, dossier)).intact
    await office.reconciler().once()
    assert (await verify(worker, dossier)).intact
