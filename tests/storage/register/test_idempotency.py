"""The same request again: the same answer, nothing done twice, nothing kept of what failed."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from uuid import UUID

import psycopg
import pytest
from uuid_utils.compat import uuid7

from domain.actors import Actor
from domain.filing import File
from domain.messages import SendMessage
from domain.refusals import Refused
from storage.engine.database import Database
from storage.engine.settings import Settings
from storage.register import filing, idempotency
from storage.register.door import Recorded, record
from storage.register.idempotency import AlreadyAnswered, Answer, InFlight, Once, OtherBody
from tests.domain.telling import plan
from tests.storage.filed import FORM, draft, file, once_of, opened, resident_of, saying


@pytest.fixture
async def app(settings: Settings) -> AsyncIterator[Database]:
    """The database as the API reaches it."""
    async with opened(settings, "app") as database:
        yield database


async def _say(app: Database, who: UUID, dossier: UUID, once: Once, text: str = "Bonjour") -> Recorded:
    message = SendMessage(sender="resident", text=text)
    actor = Actor(kind="resident", id=who, name="Annaïg")
    return await record(app, dossier, message, actor, command_id=uuid7(), context=resident_of(who), once=once)


async def test_a_repeated_act_gets_its_first_answer_and_is_not_done_again(app: Database) -> None:
    who = uuid7()
    filed, once = await file(app, who), once_of(who)
    await _say(app, who, filed.id, once)
    with pytest.raises(AlreadyAnswered) as again:
        await _say(app, who, filed.id, once)

    assert again.value.answer == Answer(status=201, body={"version": 4}, headers={"ETag": '"4"'})
    assert (await _say(app, who, filed.id, once_of(who))).version == 5


async def test_another_body_under_the_same_key_is_refused(app: Database) -> None:
    who = uuid7()
    filed, once = await file(app, who), once_of(who)
    await _say(app, who, filed.id, once)

    with pytest.raises(OtherBody):
        await _say(app, who, filed.id, replace(once, body=b'{"a": 1}'))


async def test_somebody_else_s_key_is_their_own(app: Database) -> None:
    one, two = uuid7(), uuid7()
    key = "la-meme-cle"
    await _say(app, one, (await file(app, one)).id, once_of(one, key=key))

    assert (await _say(app, two, (await file(app, two)).id, once_of(two, key=key))).version == 4


async def test_a_request_still_under_way_is_said_so(app: Database) -> None:
    who, once = uuid7(), once_of(uuid7())
    once = replace(once, actor=who)
    async with app.transaction(resident_of(who)) as connection:
        await idempotency.begin(connection, app.settings.master, once)
        async with app.transaction(resident_of(who)) as second:
            with pytest.raises(InFlight):
                await idempotency.begin(second, app.settings.master, once)


async def test_ten_at_once_do_it_once(app: Database) -> None:
    who = uuid7()
    filed, once = await file(app, who), once_of(who)
    done = await asyncio.gather(*(_say(app, who, filed.id, once) for _ in range(10)), return_exceptions=True)
    kinds = [type(each) for each in done]

    assert kinds.count(Recorded) == 1
    assert set(kinds) <= {Recorded, InFlight, AlreadyAnswered}
    assert (await _say(app, who, filed.id, once_of(who))).version == 5


async def test_a_refused_request_keeps_nothing_and_may_succeed_later(app: Database) -> None:
    who = uuid7()
    filed, once = await file(app, who), once_of(who)
    with pytest.raises(Refused):
        await _say(app, who, filed.id, once, text=" ")

    assert (await _say(app, who, filed.id, once)).version == 4


async def test_filing_twice_with_the_same_key_files_once(app: Database) -> None:
    who = uuid7()
    id_, once = await draft(app, who), once_of(who)
    actor, command = Actor(kind="resident", id=who, name="Annaïg"), File(form=FORM)

    async def submit() -> Recorded:
        context = resident_of(who)
        return await filing.file_ready(app, context, id_, saying(command, plan()), actor, once=once)

    first = await submit()
    with pytest.raises(AlreadyAnswered) as again:
        await submit()
    assert again.value.answer.body == {"version": first.version}


async def test_answers_are_kept_sealed(app: Database, settings: Settings) -> None:
    who = uuid7()
    await _say(app, who, (await file(app, who)).id, once_of(who))
    with psycopg.connect(settings.database_url) as owner:
        row = owner.execute("SELECT body, request FROM idempotency WHERE actor = %s", [who]).fetchone()

    assert row is not None
    assert b"version" not in bytes(row[0])
    assert len(row[1]) == 32
