"""`guichet impact` measured: how many open dossiers a second, on one core, their reading from PostgreSQL included.

The rows are synthetic clock rows in a real PostgreSQL: filed over two years of days, some still incomplete, some
stopped by pieces, some already decided by silence. `drawn` shares shapes as real queues do; `distinct` gives each row
a ledger of its own, so that nothing remembered helps.
"""

import asyncio
import json
import os
import random
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import psycopg
from psycopg import sql
from uuid_utils.compat import uuid7

from catalogue.loader import catalogue
from domain.calendar import Delay
from domain.clock.reckoning import reckon
from domain.clock.terms import Fact
from domain.plan import Plan
from storage.engine.database import WORKING, Database
from storage.engine.plans import Plans
from storage.engine.questions import value
from storage.engine.settings import Settings
from storage.lists.impact import measure
from storage.register.in_clear import RECKONING

AIM = 20_000
ROWS = 60_000
DAYS = 500
PROCEDURE = "apa-domicile"
_DOSSIER = ("id", "reference", "procedure", "plan", "version", "acts", "head", "filed_at", "recorded_at")
_CLOCK = ("dossier", "plan", "seq", "step", "status", "closed", "ledger", "due_kind")

_PID = value("SELECT pg_backend_pid()")


@dataclass(frozen=True, slots=True, kw_only=True)
class Pace:
    """`rate` open dossiers a second by the wall; `cpu` seconds of processor: ours, and the server's that read for us.

    What else the machine does slows the wall and not the processor: the aim is held to one core's seconds.
    """

    name: str
    rows: int
    rate: float
    cpu: float

    @property
    def core(self) -> float:
        """Open dossiers a second of one core, reading included."""
        return self.rows / self.cpu

    def row(self) -> str:
        """A line of the table."""
        met = "but tenu" if self.core >= AIM else "but MANQUÉ"
        rates = f"{self.core:>8.0f}/s d'un cœur, {self.rate:>8.0f}/s au mur"
        return f"impact, {self.name:<18} {self.rows:>7} × {rates}   ({met} : {AIM})"


def paces(settings: Settings, rows: int = ROWS) -> list[Pace]:
    """Fill a database that is up, measure both draws, and leave no dossier behind (plans are never deleted)."""
    return [_measured(settings, name, rows, distinct=distinct) for name, distinct in KINDS.items()]


KINDS = {"formes partagées": False, "toutes distinctes": True}


def as_documents(found: list[Pace]) -> list[dict[str, Any]]:
    """For machines."""
    return [{**asdict(pace), "core": pace.core} for pace in found]


def _measured(settings: Settings, name: str, rows: int, *, distinct: bool) -> Pace:
    published = replace(catalogue().plan(PROCEDURE), procedure=f"mesure-{uuid7()}")
    candidate = replace(published, version=2, clock=replace(published.clock, delay=Delay(months=3)))
    with psycopg.connect(settings.database_url) as owner:
        owner.execute("SET row_security = off")
        _fill(owner, published, rows, distinct=distinct)
    try:
        began, busy = time.perf_counter(), time.process_time()
        looked, server = asyncio.run(_look(settings, published, candidate))
        took, cpu = time.perf_counter() - began, time.process_time() - busy + server
    finally:
        with psycopg.connect(settings.database_url) as owner:
            owner.execute("SET row_security = off")
            _empty(owner, published.procedure)
    return Pace(name=name, rows=looked, rate=looked / took, cpu=cpu)


async def _look(settings: Settings, published: Plan, candidate: Plan) -> tuple[int, float]:
    """How many were looked at, and the seconds of processor that the server's one process took."""
    async with Database(settings, "worker", size=1) as database:
        async with database.trips(WORKING, _PID) as (_, answers):
            server = Path(f"/proc/{answers[_PID]}/stat")
        before = _cpu_of(server)
        report = await measure(database, published, candidate, lambda _count: None)
        return report.open, _cpu_of(server) - before


def _cpu_of(stat: Path) -> float:
    """Seconds of processor of a process of this machine, by its `/proc/<pid>/stat`; 0 where there is none."""
    if not stat.exists():
        return 0.0
    fields = stat.read_text(encoding="ascii").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def _fill(owner: psycopg.Connection, plan: Plan, rows: int, *, distinct: bool) -> None:
    sha256, storing = Plans().pin(plan)
    for query, given in storing:
        owner.execute(query, given)
    draw = random.Random(20261123)
    drawn = [(uuid7(), *one) for one in _drawn(plan, draw, rows, distinct=distinct)]
    day = date(2026, 11, 23)
    with owner.cursor().copy(_copy("dossier", _DOSSIER)) as copy:
        for number, (id_, *_) in enumerate(drawn):
            copy.write_row((id_, f"mesure-{id_}-{number}", plan.procedure, sha256, 3, 3, b"", day, day))
    with owner.cursor().copy(_copy("clock", _CLOCK)) as copy:
        for id_, step, status, due, ledger in drawn:
            copy.write_row((id_, sha256, 3, step, status, False, ledger, due))


def _drawn(plan: Plan, draw: random.Random, rows: int, *, distinct: bool) -> Iterator[tuple[str, str, str | None, str]]:
    """Step, status, what is due and the ledger of each row."""
    known: dict[tuple[int, str], str] = {}
    for number in range(rows):
        filed = draw.randrange(DAYS)
        kind = draw.choices(("plain", "asked", "waiting", "unstarted"), (70, 15, 5, 10))[0]
        if (filed, kind) not in known:
            known[filed, kind] = RECKONING.dump_json(reckon(plan.clock, _facts(filed, kind))).decode()
        ledger = _apart(known[filed, kind], number) if distinct else known[filed, kind]
        status = "incomplete" if kind in {"waiting", "unstarted"} else "examining"
        step = "completeness" if status == "incomplete" else "assessment"
        yield step, status, "silence" if kind in {"plain", "asked"} else None, ledger


def _facts(filed: int, kind: str) -> list[Fact]:
    day = date(2026, 11, 23) + timedelta(days=filed)
    facts = [Fact(day, "filed"), *([] if kind == "unstarted" else [Fact(day, "complete")])]
    if kind in {"asked", "waiting"}:
        facts.append(Fact(day + timedelta(days=5), "pieces_requested", until=day + timedelta(days=35)))
    if kind == "asked":
        facts.append(Fact(day + timedelta(days=12), "pieces_provided"))
    return facts


def _apart(ledger: str, number: int) -> str:
    """The same days under a cause of its own: a text that no other row shares."""
    said = json.loads(ledger)
    for interval in said["ledger"]:
        interval["cause"] += number
    return json.dumps(said)


def _empty(owner: psycopg.Connection, procedure: str) -> None:
    for query in (
        "DELETE FROM clock WHERE plan IN (SELECT sha256 FROM pinned_plan WHERE procedure = %s)",
        "DELETE FROM dossier WHERE procedure = %s",
    ):
        owner.execute(query, [procedure])


def _copy(table: str, columns: tuple[str, ...]) -> sql.Composed:
    names = sql.SQL(", ").join(map(sql.Identifier, columns))
    return sql.SQL("COPY {} ({}) FROM STDIN").format(sql.Identifier(table), names)
