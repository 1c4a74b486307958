"""`verify` holds the delay that lists and forecasts read to the journal, and the calculation to a second opinion."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import psycopg
import pytest
from uuid_utils.compat import uuid7

from domain.actors import Actor
from domain.calendar import Delay
from domain.clock.reckoning import reckon
from domain.clock.terms import Clock, Fact, Reckoning
from domain.extension import Extend, Resume, Suspend
from migrations.scripts import FOLDER
from storage.engine.database import Database
from storage.engine.settings import Settings
from storage.register.door import record
from storage.register.verification import verify
from tests.domain.telling import plan
from tests.storage.filed import file, opened

AGENT = Actor(kind="agent", id=UUID(int=7), name="Agent")


@pytest.fixture
async def worker(settings: Settings) -> AsyncIterator[Database]:
    """The database as the worker reaches it."""
    async with opened(settings, "worker") as database:
        yield database


async def filed(settings: Settings) -> UUID:
    """A dossier of three entries, whose silence is an acceptance in three months; it may be prolonged."""
    async with opened(settings, "app") as app:
        return (await file(app, of=plan(extension=Delay(months=2)))).id


@pytest.mark.parametrize(
    ("change", "named"),
    [
        ("due_at = due_at + interval '1 day'", "l'échéance n'est pas"),
        ("due_at = NULL", "l'échéance n'est pas"),
        ("due_kind = 'notice_deemed'", "la nature de l'échéance n'est pas"),
        ("due_article = 'CRPA L231-4'", "l'article de l'échéance n'est pas"),
        ("status = 'granted'", "le statut n'est pas"),
        ("closed = true", "la clôture n'est pas"),
        ("step = ''", "l'étape n'est pas"),
        ("seq = 2", "le numéro d'entrée n'est pas"),
        ("ledger = jsonb_set(ledger, '{expires}', '\"2031-01-01\"')", "le registre du délai n'est pas"),
        ("ledger = jsonb_set(ledger, '{ledger,0,counts}', 'false')", "le registre du délai n'est pas"),
        ("ledger = jsonb_set(ledger, '{ledger,0,article}', '\"CRPA L231-4\"')", "le registre du délai n'est pas"),
        ("ledger = '[]'", "le registre du délai n'est pas"),
    ],
)
async def test_each_column_of_the_delay_in_clear_is_held_to_the_journal_and_named(
    settings: Settings, worker: Database, change: str, named: str
) -> None:
    dossier = await filed(settings)
    with psycopg.connect(settings.database_url) as owner:
        owner.execute(f"UPDATE clock SET {change} WHERE dossier = %s", (dossier,))  # noqa: S608 (ours)
    verdict = await verify(worker, dossier)

    assert verdict.broken is not None
    assert (verdict.broken.kind, verdict.broken.seq) == ("clock", 3)
    assert f"chaîne intacte, mais délai faux : Dans le délai enregistré, {named} celui du" in verdict.sentence


async def test_a_ledger_that_the_law_really_moved_verifies(settings: Settings, worker: Database) -> None:
    dossier = await filed(settings)
    for command in (Suspend(reasons="Original demandé."), Resume(), Extend(reasons="Avis attendu.")):
        await record(worker, dossier, command, AGENT, command_id=uuid7())

    assert (await verify(worker, dossier)).intact


async def test_a_fault_of_the_clock_itself_written_everywhere_alike_is_found_by_the_second_opinion(
    settings: Settings, worker: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    """State, row and fold agree, since the same wrong calculation made them: only the audit can tell."""

    def a_day_late(clock: Clock, facts: Sequence[Fact]) -> Reckoning:
        right = reckon(clock, facts)
        assert right.expires is not None
        assert right.born is not None
        return replace(right, expires=right.expires + timedelta(days=1), born=right.born + timedelta(days=1))

    monkeypatch.setattr("domain.dossier._reckoned", a_day_late)
    verdict = await verify(worker, await filed(settings))

    assert verdict.broken is not None
    assert verdict.broken.kind == "clock"
    assert "Le délai recompté jour par jour contredit le calcul. Le registre mène au" in verdict.sentence


async def test_a_row_written_when_silence_bore_the_day_after_is_put_right_by_its_migration(
    settings: Settings, worker: Database
) -> None:
    """Migration 0029: the journal does not move, and the row derived from it says its day."""
    dossier = await filed(settings)
    a_day_late = "ledger = jsonb_set(ledger, '{born}', to_jsonb(CAST(ledger ->> 'expires' AS date) + 1))"
    with psycopg.connect(settings.database_url) as owner:
        owner.execute(f"UPDATE clock SET {a_day_late} WHERE dossier = %s", (dossier,))  # noqa: S608 (ours)
    assert not (await verify(worker, dossier)).intact

    with psycopg.connect(settings.database_url) as owner:
        owner.execute((FOLDER / "implied_decision_days.sql").read_text(encoding="utf-8"))
    assert (await verify(worker, dossier)).intact
