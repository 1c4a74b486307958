"""Filing: one transaction, once, or nothing at all; and a server that restarts in between loses nothing."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import UUID

import psycopg
import pytest
from uuid_utils.compat import uuid7

from domain.actors import Actor
from domain.dossier import Dossier
from domain.filing import File
from domain.messages import SendMessage
from domain.refusals import Refused
from storage.engine.database import WORKING, Database
from storage.engine.settings import Settings
from storage.register import drafts, filing, outbox
from storage.register.before_filing import AlreadyFiled, Ready
from storage.register.door import Recorded, record
from storage.register.filing import Prepare, Prepared
from storage.register.idempotency import AlreadyAnswered
from storage.register.lock import NotFound
from storage.register.verification import verify
from tests.domain.telling import DOCUMENT, plan
from tests.storage.filed import FORM, draft, file, once_of, opened, resident_of, saying

COMMAND = File(form=FORM, pieces={"certificat": (DOCUMENT,)})
AS_SAID = saying(COMMAND, plan())


@pytest.fixture
async def app(settings: Settings) -> AsyncIterator[Database]:
    """The database as the API reaches it."""
    async with opened(settings, "app") as database:
        yield database


async def _submit(app: Database, who: UUID, id_: UUID, prepare: Prepare = AS_SAID, key: str | None = None) -> Recorded:
    actor = Actor(kind="resident", id=who, name="Annaïg")
    return await filing.file_ready(app, resident_of(who), id_, prepare, actor, once=once_of(who, key))


async def test_the_draft_becomes_the_dossier_of_the_same_identifier(app: Database) -> None:
    who = uuid7()
    id_ = await draft(app, who)
    filed = await _submit(app, who, id_)

    assert filed.id == id_
    async with app.transaction(resident_of(who)) as connection:
        with pytest.raises(NotFound):
            await drafts.read(connection, id_)


async def test_everything_is_written_with_it(app: Database, settings: Settings) -> None:
    """Entries, clock, queue row, tokens, effects, outbox: in the same transaction."""
    filed = await file(app)
    with psycopg.connect(settings.database_url) as owner:
        counts = {
            table: (owner.execute(f"SELECT count(*) FROM {table} WHERE dossier = %s", [filed.id]).fetchone() or (0,))[0]  # noqa: S608
            for table in ("journal", "clock", "queue_row", "search_token", "effect")
        }
        sent = owner.execute("SELECT count(*) FROM outbox WHERE subject = %s", [str(filed.id)]).fetchone()
    assert counts["journal"] == 3
    assert min(counts.values()) > 0
    assert sent == (1,)


async def test_filed_again_it_is_said_to_be_filed_and_under_its_key_the_first_answer_is_given(app: Database) -> None:
    who = uuid7()
    id_ = await draft(app, who)
    first = await _submit(app, who, id_, key="une")
    with pytest.raises(AlreadyFiled):
        await _submit(app, who, id_, key="autre")
    with pytest.raises(AlreadyAnswered) as again:
        await _submit(app, who, id_, key="une")

    assert again.value.answer.body == {"version": first.version}


async def test_twenty_filings_at_once_make_one_dossier(app: Database, settings: Settings) -> None:
    who = uuid7()
    id_ = await draft(app, who)
    done = await asyncio.gather(*(_submit(app, who, id_) for _ in range(20)), return_exceptions=True)

    assert sorted(type(each).__name__ for each in done) == ["AlreadyFiled"] * 19 + ["Recorded"]
    async with opened(settings, "worker") as worker:
        assert (await verify(worker, id_)).entries == 3


async def test_ten_deposits_at_once_under_one_identifier_make_one_dossier(app: Database) -> None:
    """No draft to lock there: the first that commits is the one, the others give its result."""
    who, id_ = uuid7(), uuid7()
    actor, owner = Actor(kind="resident", id=who, name="Annaïg"), filing.Owner(resident=who)
    context, of = resident_of(who), plan()
    done = await asyncio.gather(
        *(filing.deposit(app, context, id_, COMMAND, actor, plan=of, owner=owner) for _ in range(10))
    )

    assert len({each.reference for each in done}) == 1
    assert sum(not each.replayed for each in done) == 1


async def test_a_draft_saved_meanwhile_is_filed_as_it_is_under_its_lock(app: Database) -> None:
    who = uuid7()
    id_ = await draft(app, who)
    async with app.transaction(resident_of(who)) as connection:
        seen = await drafts.read(connection, id_)
        await drafts.save(connection, await app.keys.of(id_), seen, FORM)

    def prepare(ready: Ready, answers: dict[str, Any]) -> Prepared:
        assert ready.draft.version == 2
        return Prepared(command=replace(COMMAND, form=answers), plan=plan())

    assert (await _submit(app, who, id_, prepare)).dossier.form == FORM


async def test_a_refused_filing_leaves_the_draft_and_nothing_else(app: Database, settings: Settings) -> None:
    who = uuid7()
    id_ = await draft(app, who)
    with pytest.raises(Refused, match="pièce"):
        await _submit(app, who, id_, saying(replace(COMMAND, pieces={"inconnue": (DOCUMENT,)}), plan()))

    async with app.transaction(resident_of(who)) as connection:
        assert (await drafts.read(connection, id_)).version == 1
    with psycopg.connect(settings.database_url) as owner:
        assert owner.execute("SELECT count(*) FROM journal WHERE dossier = %s", [id_]).fetchone() == (0,)


async def test_what_the_caller_refuses_under_the_lock_is_not_filed(app: Database) -> None:
    who = uuid7()
    id_ = await draft(app, who)

    def refuse(_dossier: Dossier, _at: object) -> None:
        raise Refused("no", "Non.")

    with pytest.raises(Refused, match="Non"):
        await _submit(app, who, id_, saying(COMMAND, plan(), refuse))
    assert not (await _submit(app, who, id_)).replayed


async def test_somebody_else_s_draft_does_not_exist(app: Database) -> None:
    id_ = await draft(app, uuid7())
    with pytest.raises(NotFound):
        await _submit(app, uuid7(), id_)


async def test_the_next_act_finds_its_way_after_the_server_dropped_every_connection(
    app: Database, settings: Settings
) -> None:
    """As after a restart of PostgreSQL: nothing was under way, nobody sees an error."""
    who = uuid7()
    filed = (await asyncio.gather(*(file(app, who) for _ in range(8))))[0]
    with psycopg.connect(settings.url_of("app"), autocommit=True) as same:
        same.execute(
            "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid() AND usename = current_user"
        )
    message = SendMessage(sender="resident", text="Toujours là")
    actor = Actor(kind="resident", id=who, name="Annaïg")
    said = await record(app, filed.id, message, actor, command_id=uuid7(), context=resident_of(who))

    assert said.version == filed.version + 1
    async with app.transaction(resident_of(who)) as connection:
        assert len(await drafts.page(connection, 10)) == 0


async def test_two_relays_never_hold_the_same_move_and_a_dead_one_s_come_back(
    app: Database, settings: Settings
) -> None:
    filed = [await file(app) for _ in range(6)]
    mine = {str(each.id) for each in filed}
    async with opened(settings, "worker") as worker:
        async with worker.transaction(WORKING) as one, worker.transaction(WORKING) as two:
            held = [await outbox.claim(one, 10_000), await outbox.claim(two, 10_000)]
        names = [{move.subject for move in moves} & mine for moves in held]
        assert names == [mine, set()]

        async with worker.transaction(WORKING) as later:
            assert not {move.subject for move in await outbox.claim(later, 10_000)} & mine
            await outbox.release(later, [move.id for move in held[0]])
            again = await outbox.claim(later, 10_000, timedelta(seconds=0))
            assert {move.subject for move in again} >= mine
            await outbox.mark_sent(later, [move.id for move in again])
        async with worker.transaction(WORKING) as after:
            assert await outbox.claim(after, 10_000) == []
