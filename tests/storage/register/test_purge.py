"""A purge destroys the key and says so; what was sealed does not open any more, wherever a copy lies."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID

import psycopg
import pytest
from sqlalchemy import text
from uuid_utils.compat import uuid7

from cli.commands.purge import OPERATOR
from domain.actors import Actor
from domain.calendar import Delay, civil
from domain.messages import SendMessage
from domain.plan import Retention
from domain.request_events import Withdrawn
from storage.engine.database import WORKING, Database
from storage.engine.keys import KeyDestroyed, KeyUnknown
from storage.engine.settings import Settings
from storage.register.door import record
from storage.register.fold import story
from storage.register.lock import Purged
from storage.register.purge import NoGround, NotYet, finish_purges, purge, too_early
from storage.register.verification import verify
from tests.storage.filed import file, opened

AGENT = Actor(kind="agent", id=UUID(int=7), name="Agent")
GROUND = "fin de la durée de conservation (code du patrimoine L212-2)"


@pytest.fixture
async def worker(settings: Settings) -> AsyncIterator[Database]:
    """The database as the worker reaches it."""
    async with opened(settings, "worker") as database:
        yield database


@pytest.fixture
async def dossier(settings: Settings) -> UUID:
    """A filed dossier."""
    async with opened(settings, "app") as app:
        return (await file(app)).id


async def reference_of(worker: Database, dossier: UUID) -> str:
    """What who purges an open dossier must say again."""
    async with worker.transaction(WORKING) as connection:
        found = await connection.execute(text("SELECT reference FROM dossier WHERE id = :id"), {"id": dossier})
        return str(found.scalar_one())


async def forced(worker: Database, dossier: UUID, ground: str = GROUND) -> datetime:
    """Purge it although it is open."""
    said = await reference_of(worker, dossier)
    return await purge(worker, dossier, ground=ground, actor=OPERATOR, forced=said)


async def _count(worker: Database, table: str, dossier: UUID) -> int:
    query = f"SELECT count(*) FROM {table} WHERE dossier = :dossier"  # noqa: S608 (names of this file)
    async with worker.transaction(WORKING) as connection:
        return int((await connection.execute(text(query), {"dossier": dossier})).scalar_one())


async def test_after_a_purge_the_chain_holds_and_says_when_and_on_which_ground(worker: Database, dossier: UUID) -> None:
    at = await forced(worker, dossier)
    verdict = await verify(worker, dossier)

    assert verdict.intact
    assert verdict.purged_at == at
    assert f"chaîne intacte, contenu détruit le {civil(at):%d/%m/%Y} au titre de : {GROUND}" == verdict.sentence


async def test_after_a_purge_nothing_opens_nothing_is_listed_and_nothing_may_be_done(
    worker: Database, dossier: UUID
) -> None:
    assert await _count(worker, "search_token", dossier) > 0
    await forced(worker, dossier)

    with pytest.raises(KeyDestroyed):
        await worker.keys.of(dossier)
    assert [await _count(worker, table, dossier) for table in ("queue_row", "search_token", "idempotency")] == [0, 0, 0]
    with pytest.raises(Purged, match="code du patrimoine"):
        await record(worker, dossier, SendMessage(sender="agent", text="?"), AGENT, command_id=uuid7())


async def test_another_process_that_still_remembers_the_key_does_not_act(
    settings: Settings, worker: Database, dossier: UUID
) -> None:
    """The flag on the locked row is what counts, not the key in memory."""
    async with opened(settings, "worker") as other:
        await other.keys.of(dossier)
        await forced(worker, dossier)
        with pytest.raises(Purged):
            await record(other, dossier, SendMessage(sender="agent", text="?"), AGENT, command_id=uuid7())


async def test_a_second_purge_changes_nothing(worker: Database, dossier: UUID) -> None:
    first = await forced(worker, dossier)
    again = await purge(worker, dossier, ground="autre chose", actor=OPERATOR)
    verdict = await verify(worker, dossier)

    assert first == again
    assert (verdict.purged_ground, verdict.entries) == (GROUND, 4)


def test_the_day_of_a_purge_is_the_civil_day_in_paris() -> None:
    assert "détruit le 26/02/2027" in str(Purged(datetime(2027, 2, 25, 23, 5, tzinfo=UTC), GROUND))


async def test_a_purge_without_a_ground_is_refused(worker: Database, dossier: UUID) -> None:
    with pytest.raises(NoGround):
        await purge(worker, dossier, ground="  ", actor=OPERATOR)
    assert (await verify(worker, dossier)).purged_at is None


async def test_a_key_restored_from_a_backup_is_found_and_destroyed_again(
    settings: Settings, worker: Database, dossier: UUID
) -> None:
    """The tombstones of the main database purge a restored keys' database anew."""
    keys = settings.url_of("keys")
    with psycopg.connect(keys) as connection:
        saved = connection.execute("SELECT wrapped FROM dossier_key WHERE dossier = %s", [dossier]).fetchone()
    await forced(worker, dossier)
    with psycopg.connect(keys) as connection:
        connection.execute("UPDATE dossier_key SET wrapped = %s WHERE dossier = %s", [*(saved or ()), dossier])
    unfinished = await verify(worker, dossier)
    assert unfinished.broken is not None
    assert "la clé existe encore" in unfinished.sentence

    assert await finish_purges(worker) == 1
    assert (await verify(worker, dossier)).intact


async def test_a_key_lost_without_a_purge_is_not_taken_for_one(
    settings: Settings, worker: Database, dossier: UUID
) -> None:
    await worker.keys.destroy(dossier)
    verdict = await verify(worker, dossier)

    assert verdict.broken is not None
    assert "sans purge journalisée" in verdict.sentence
    with pytest.raises(KeyUnknown):
        await worker.keys.of(uuid7())


async def test_an_open_dossier_is_not_purged_unless_its_reference_is_said(worker: Database, dossier: UUID) -> None:
    """Refused, with why and how; a slip of the reference is no consent. Nothing is lost by trying."""
    with pytest.raises(NotYet, match=r"ouvert.*--force"):
        await purge(worker, dossier, ground=GROUND, actor=OPERATOR)
    with pytest.raises(NotYet, match="« 2026-999999 » n'est pas sa référence"):
        await purge(worker, dossier, ground=GROUND, actor=OPERATOR, forced="2026-999999")
    assert (await verify(worker, dossier)).intact
    assert (await verify(worker, dossier)).purged_at is None

    await forced(worker, dossier)
    assert (await verify(worker, dossier)).purged_at is not None


async def test_a_closed_dossier_is_kept_its_time(worker: Database, dossier: UUID) -> None:
    """Ten years from its last entry for an APA; where nobody has said how long, only the reference purges it."""
    async with worker.transaction(WORKING) as connection:
        told = await story(connection, worker.keys, dossier)
    withdrawn = Withdrawn(effective=told.entries[-1].event.effective)
    last = replace(told.entries[-1], seq=told.version + 1, event=withdrawn)
    after = replace(told, version=last.seq, entries=(*told.entries, last))
    closed = withdrawn.effective
    unsaid = replace(after, plan=replace(after.plan, retention=Retention()))
    kept = replace(after, plan=replace(after.plan, retention=Retention(keep=Delay(years=10))))

    assert "n'est pas fixée" in too_early(unsaid, closed)
    assert "se conserve jusqu'au" in too_early(kept, closed + timedelta(days=3_649))
    assert too_early(kept, closed + timedelta(days=3_655)) == ""
