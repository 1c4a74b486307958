"""What is asked of the database is answered by name, and a batch of questions is one round trip."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any

import pytest
from uuid_utils.compat import uuid7

from domain.actors import Actor
from domain.filing import File
from domain.messages import SendMessage
from storage.engine import pipeline
from storage.engine.database import WORKING, Database
from storage.engine.questions import asking, every, first, value
from storage.engine.settings import Settings
from storage.register import filing, reading
from storage.register.door import Admission, record
from tests.domain.telling import DOCUMENT, plan
from tests.storage.filed import FORM, draft, file, once_of, opened, resident_of, saying


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """Two columns, in the order of no query."""

    letter: str
    number: int


@pytest.fixture
async def worker(settings: Settings) -> AsyncIterator[Database]:
    """The database as the worker."""
    async with opened(settings, "worker") as database:
        yield database


@pytest.fixture
async def app(settings: Settings) -> AsyncIterator[Database]:
    """The database as the API, which remembers the keys and the plans of what it filed."""
    async with opened(settings, "app") as database:
        yield database


@pytest.fixture
def trips(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """How many statements left together, one number a round trip: on the main database, and on that of keys."""
    made: list[int] = []
    send = pipeline.Pipeline.send

    async def counted(self: pipeline.Pipeline, *statements: pipeline.Statement) -> list[list[Any]]:
        if not statements[0][0].startswith("NOTIFY"):
            made.append(len(statements))
        return await send(self, *statements)

    monkeypatch.setattr(pipeline.Pipeline, "send", counted)
    return made


async def test_each_question_finds_its_answer_whatever_else_is_asked(worker: Database) -> None:
    two = "SELECT n AS number, chr(96 + n) AS letter FROM generate_series(1, %s) AS t (n)"
    one, all_of, none = first(Named, two, 1), every(Named, two, 2), first(Named, two, 0)
    number = value("SELECT %s::int", 4)
    async with worker.trips(WORKING, number, none, all_of, one) as (_, answers):
        assert answers[one] == Named(letter="a", number=1)
        assert answers[every(Named, two, 2)] == [Named(letter="a", number=1), Named(letter="b", number=2)]
        assert (answers[none], answers[number]) == (None, 4)
        with pytest.raises(LookupError, match="not asked"):
            answers[value("SELECT 5")]


async def test_a_column_without_a_name_is_read_by_its_place(worker: Database) -> None:
    async with worker.trips(WORKING, asking("SELECT 1, 2 AS two")) as (trips, _):
        (row,) = await trips.ask(asking("SELECT 1, 2 AS two"))
        assert (row[0], row.two) == (1, 2)


async def test_an_act_is_two_round_trips_whatever_must_hold_of_it(app: Database, trips: list[int]) -> None:
    """Read with the lock, write with the commit: a key that makes it done once and what admits it cost none."""
    who = uuid7()
    filed, actor, context = await file(app, who), Actor(kind="resident", id=who, name="Annaïg"), resident_of(who)
    message = SendMessage(sender="resident", text="Bonjour")
    await reading.read(app, context, filed.id)  # so that this process has met the plan
    trips.clear()
    await record(app, filed.id, message, actor, command_id=uuid7(), context=context)
    assert len(trips) == 2

    trips.clear()
    admitted: list[int] = []
    await record(
        app, filed.id, message, actor, command_id=uuid7(), context=context, once=once_of(who),
        admission=Admission(value("SELECT 7"), admitted.append),
    )  # fmt: skip
    assert (len(trips), admitted) == (2, [7])


async def test_filing_a_draft_is_two_round_trips(app: Database, trips: list[int]) -> None:
    who, command = uuid7(), File(form=FORM, pieces={"certificat": (DOCUMENT,)})
    await file(app, who)
    id_, actor = await draft(app, who), Actor(kind="resident", id=who, name="Annaïg")
    trips.clear()
    await filing.file_ready(app, resident_of(who), id_, saying(command, plan()), actor, once=once_of(who))
    assert len(trips) == 2


async def test_a_reading_is_one_round_trip_and_its_trace_another(app: Database, trips: list[int]) -> None:
    who = uuid7()
    filed, context = await file(app, who), resident_of(who)
    await reading.read(app, context, filed.id)
    trips.clear()
    seen = await reading.read(app, context, filed.id, also=(value("SELECT 8"),))
    assert seen.answers[value("SELECT 8")] == 8
    assert len(trips) == 2  # the second ends the transaction, which wrote nothing

    trips.clear()
    await reading.read(app, context, filed.id, reader=Actor(kind="resident", id=who, name="Annaïg"))
    assert len(trips) == 2
