"""A fork of a live dossier writes nothing, and says beforehand what the register then says: on the real database."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import Any

import psycopg
from hypothesis import HealthCheck, given
from hypothesis import strategies as st
from uuid_utils.compat import uuid7

from catalogue.writing import FromTheCatalogue
from domain.actors import Actor
from domain.calendar import Instant
from domain.command import Command
from domain.extension import Resume, Suspend
from domain.futures.fork import Live, Question, fork
from domain.futures.simulation import Story
from domain.in_charge import Take
from domain.plan import Plan
from domain.refusals import Refused
from domain.steps.decision import Decide
from domain.steps.notice import Notify
from domain.steps.pieces import Acknowledge, ProvidePiece, RequestPieces
from storage.engine.database import WORKING, Database
from storage.engine.legal_time import legal_now, move_clock
from storage.engine.settings import Settings
from storage.register.door import record
from storage.register.reading import Seen, read
from tests.domain.telling import DOCUMENT, plan, plan_with_proposal
from tests.long import draws
from tests.storage.filed import file, opened

AGENT = Actor(kind="agent", id=DOCUMENT, name="Anne Agent")
ACTS: list[Command] = [
    RequestPieces(pieces={"certificat": "illisible"}),
    ProvidePiece(piece="certificat", documents=(DOCUMENT,)),
    Acknowledge(),
    Take(agent=DOCUMENT),
    Suspend(reasons="original"),
    Resume(),
    Decide(outcome="oui"),
    Decide(outcome="non", reasons_law="a", reasons_fact="b"),
    Notify(),
]
PLANS = [plan(effect) for effect in ("acceptance", "rejection", "provisional")] + [plan_with_proposal()]
HISTORIES = st.tuples(
    st.sampled_from(PLANS),
    st.booleans(),
    st.lists(st.tuples(st.sampled_from(ACTS), st.integers(0, 30 * 24)), max_size=5),
    st.integers(0, 200 * 24),
)
TABLES = ("journal", "dossier", "clock", "queue_row", "effect", "outbox", "carried", "search_token")
History = tuple[Plan, bool, list[tuple[Command, int]], int]


@draws(10, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(HISTORIES)
def test_a_fork_changes_nothing_and_says_what_the_register_will(own_settings: Settings, history: History) -> None:
    """If nobody acts until T: the same state, and the same events, as when the clock is moved to T."""
    asyncio.run(_compared(own_settings, history))


async def _compared(settings: Settings, history: History) -> None:
    of, complete, acts, hours = history
    async with opened(settings, "app") as app, opened(settings, "worker") as worker:
        await _moved(worker, 1)
        dossier = (await file(app, of=of, complete=complete)).id
        for command, later in acts:
            await _moved(worker, later)
            await _done(worker, dossier, command)
        before, rows = await read(worker, WORKING, dossier, journal_too=True), _rows(settings)
        until = before.at + timedelta(hours=hours)
        told = _forked(before, until)
        assert _rows(settings) == rows
        await move_clock(worker, until, fixed=True)
        after = await read(worker, WORKING, dossier, journal_too=True)

    assert after.at == until
    assert told.dossier == after.dossier
    assert told.events == tuple(entry.event for entry in after.entries)


def _forked(seen: Seen, until: Instant) -> Story:
    live = Live(plan=seen.dossier.plan, entries=seen.entries, written=seen.header.version, now=seen.at)
    return fork(live, Question(until=until), FromTheCatalogue())


async def _moved(worker: Database, hours: int) -> None:
    async with worker.transaction(WORKING) as connection:
        now = await legal_now(connection)
    await move_clock(worker, now + timedelta(hours=hours), fixed=True)


async def _done(worker: Database, dossier: Any, command: Command) -> None:
    try:
        await record(worker, dossier, command, AGENT, command_id=uuid7())
    except Refused:
        return


def _rows(settings: Settings) -> dict[str, list[Any]]:
    """Every row of every table that an act writes."""
    with psycopg.connect(settings.database_url) as owner:
        return {
            table: owner.execute(f"SELECT t::text FROM {table} t ORDER BY 1").fetchall()  # noqa: S608 (names of this file)
            for table in TABLES
        }
