"""Lists and search read their indexes under the walls: a sequential scan of a large table fails here."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

import psycopg
import pytest
from sqlalchemy import event, text
from sqlalchemy.ext.asyncio import AsyncConnection
from uuid_utils.compat import uuid7

from domain.campaign import Campaign
from storage.engine.database import Context, Database
from storage.engine.settings import Settings
from storage.lists import dossiers, forecasts, queues
from storage.lists.search import search
from storage.register import before_filing, campaigns, drafts
from tests.storage.filed import draft, file, opened, plan_of, resident_of

LARGE = frozenset({"dossier", "clock", "queue_row", "search_token", "draft", "journal"})
ROWS = 20_000
LATER = datetime(2026, 1, 1, tzinfo=UTC)
_FILL = f"""
    INSERT INTO dossier (id, reference, procedure, plan, resident, version, acts, head, filed_at, recorded_at)
    SELECT gen_random_uuid(), 'plein-' || n, 'plein-' || n %% 7, %(plan)s, gen_random_uuid(), 1, 1, '',
           timestamptz '2025-01-01' + n * interval '1 minute', timestamptz '2025-01-01' + n * interval '1 minute'
    FROM generate_series(1, {ROWS}) n;
"""  # noqa: S608 (a number of this file)
_BESIDE = """
    INSERT INTO clock (dossier, plan, seq, step, status, closed, ledger, due_at)
    SELECT id, plan, 1, '', 'filed', false, '{}', filed_at + interval '60 days'
    FROM dossier WHERE reference LIKE 'plein-%';
    INSERT INTO queue_row (dossier, reference, procedure, office, status, closed, filed_at, due_at, fields, seq)
    SELECT id, reference, procedure, 'pmi', 'filed', false, filed_at, filed_at + interval '60 days', '{}', 1
    FROM dossier WHERE reference LIKE 'plein-%';
    INSERT INTO search_token (dossier, token, procedure)
    SELECT id, sha256(convert_to(reference || k, 'UTF8')), procedure
    FROM dossier, generate_series(1, 5) k WHERE reference LIKE 'plein-%';
    INSERT INTO draft (id, procedure, form_version, resident, version, content)
    SELECT gen_random_uuid(), 'plein-1', 1, gen_random_uuid(), 1, '' FROM dossier WHERE reference LIKE 'plein-%';
"""


@pytest.fixture(scope="module")
def full(settings: Settings) -> Iterator[str]:
    """Twenty thousand dossiers of seven procedures; two groups serve two of them. Gone after this module."""
    with psycopg.connect(settings.database_url) as owner:
        plan = b"plan-plein"
        owner.execute("INSERT INTO pinned_plan VALUES (%s, 'plein-1', 1, '{}') ON CONFLICT DO NOTHING", [plan])
        owner.execute(_FILL, {"plan": plan})
        owner.execute(_BESIDE)
        owner.execute("INSERT INTO agent_group VALUES ('pleine', 'Pleine') ON CONFLICT DO NOTHING")
        owner.execute("INSERT INTO group_procedure VALUES ('pleine', 'plein-1'), ('pleine', 'plein-2')")
    with psycopg.connect(settings.database_url, autocommit=True) as owner:
        owner.execute("ANALYZE")
    yield "pleine"
    with psycopg.connect(settings.database_url, autocommit=True) as owner:
        owner.execute("DELETE FROM draft WHERE procedure = 'plein-1'")
        of_full = "WHERE dossier IN (SELECT id FROM dossier WHERE reference LIKE 'plein-%')"
        for table in ("clock", "queue_row", "search_token"):
            owner.execute(f"DELETE FROM {table} {of_full}")  # noqa: S608 (names of this file)
        owner.execute("DELETE FROM dossier WHERE reference LIKE 'plein-%'")
        owner.execute("VACUUM ANALYZE")


@pytest.fixture
async def app(settings: Settings) -> AsyncIterator[Database]:
    """The database as the API reaches it."""
    async with opened(settings, "app") as database:
        yield database


Listing = Callable[[AsyncConnection], Awaitable[object]]


async def scanned(app: Database, context: Context, listing: Listing) -> set[str]:
    """The large tables that a listing reads from end to end, by the plans of all it asked."""
    asked: list[tuple[str, Any]] = []

    def note(_c: Any, _cursor: Any, statement: str, parameters: Any, *_: Any) -> None:
        asked.append((statement, parameters))

    async with app.transaction(context) as connection:
        event.listen(app.engine.sync_engine, "before_cursor_execute", note)
        await listing(connection)
        event.remove(app.engine.sync_engine, "before_cursor_execute", note)
        raw = (await connection.get_raw_connection()).driver_connection
        assert isinstance(raw, psycopg.AsyncConnection)
        plans = [
            (await (await raw.execute(f"EXPLAIN (FORMAT JSON) {statement}", given)).fetchone() or ("[]",))[0]
            for statement, given in asked
        ]
    return {table for plan in plans for table in _sequential(plan if isinstance(plan, list) else json.loads(plan))}


def _sequential(node: Any) -> Iterator[str]:
    if isinstance(node, list):
        for inner in node:
            yield from _sequential(inner)
    elif isinstance(node, dict):
        if node.get("Node Type") == "Seq Scan" and node["Relation Name"] in LARGE:
            yield node["Relation Name"]
        for inner in node.values():
            yield from _sequential(inner)


def agent_of(group: str) -> Context:
    """An agent of that group."""
    return Context(audience="agent", subject=uuid7(), groups=(group,))


SERVED = ["plein-1", "plein-2"]
LAST = ("2025-01-03 00:00:00+00", UUID(int=0))


@pytest.mark.parametrize(
    "wanted",
    [
        queues.Wanted(),
        queues.Wanted(after=LAST),
        queues.Wanted(sort="filed", after=LAST),
        queues.Wanted(closed=True),
        queues.Wanted(status="filed"),
        queues.Wanted(due_before=LATER),
        queues.Wanted(agent=UUID(int=7)),
        queues.Wanted(descending=True, after=LAST),
        queues.Wanted(commune="29019", epci="242900314", untaken=True),
        queues.Wanted(among=[UUID(int=7)]),
    ],
    ids=["first", "next", "by-filing", "closed", "by-status", "due-soon", "mine", "previous", "by-place", "among"],
)
async def test_a_queue_reads_its_index(app: Database, full: str, wanted: queues.Wanted) -> None:
    async def listing(connection: AsyncConnection) -> None:
        await queues.page(connection, SERVED, wanted)

    assert await scanned(app, agent_of(full), listing) == set()


async def test_the_dossiers_of_a_campaign_are_read_by_their_index(app: Database, full: str) -> None:
    """Those of its procedure, filed in its window, and no other."""
    opens = datetime(2025, 1, 3, tzinfo=UTC)
    campaign = Campaign(
        id=uuid7(),
        procedure="plein-1",
        title="Essai",
        opens=opens,
        closes=opens + timedelta(days=1),
        session=opens.date() + timedelta(days=9),
        budget=Decimal(1),
    )

    async def listing(connection: AsyncConnection) -> None:
        assert len(await campaigns.dossiers_of(connection, campaign)) in {205, 206}

    assert await scanned(app, agent_of(full), listing) == set()


async def test_a_queue_gives_every_dossier_once_in_order(app: Database, full: str) -> None:
    """Page after page, by the key of the last row."""
    async with app.transaction(agent_of(full)) as connection:
        rows = await queues.page(connection, SERVED, queues.Wanted(limit=2000))
        after = (rows[-1].at, rows[-1].dossier)
        rest = await queues.page(connection, SERVED, queues.Wanted(limit=20000, after=after))
    seen = [row.dossier for row in rows + rest]
    dues = [row.due_at for row in rows + rest if row.due_at is not None]

    assert len(seen) == len(set(seen)) == sum(1 for n in range(1, ROWS + 1) if n % 7 in (1, 2))
    assert dues == sorted(dues)


@pytest.mark.parametrize("until", [datetime(2025, 3, 10, tzinfo=UTC), LATER], ids=["soon", "all"])
async def test_a_forecast_reads_its_indexes(app: Database, full: str, until: datetime) -> None:
    async def listing(connection: AsyncConnection) -> None:
        await forecasts.due_by(connection, SERVED, until)

    assert await scanned(app, agent_of(full), listing) == set()


async def test_search_reads_its_index(app: Database, full: str, settings: Settings) -> None:
    async def listing(connection: AsyncConnection) -> None:
        await search(connection, settings.master, "Le Goff, Quimper", SERVED)
        await search(connection, settings.master, "123", SERVED)

    assert await scanned(app, agent_of(full), listing) == set()


async def test_a_resident_s_lists_read_their_indexes(app: Database, full: str) -> None:
    del full

    async def listing(connection: AsyncConnection) -> None:
        await dossiers.mine(connection, 20)
        await dossiers.mine(connection, 20, (LATER, UUID(int=0)))
        await drafts.page(connection, 20)

    assert await scanned(app, resident_of(uuid7()), listing) == set()


async def test_a_system_s_list_reads_its_indexes(app: Database, full: str) -> None:
    del full
    system = uuid7()

    async def listing(connection: AsyncConnection) -> None:
        await dossiers.followed(connection, ["plein-1"], 50, (LATER, UUID(int=0)))

    context = Context(audience="system", subject=system, procedures=("plein-1",))
    assert await scanned(app, context, listing) == set()


async def test_search_finds_by_words_and_by_reference_within_the_groups_only(
    app: Database, full: str, settings: Settings
) -> None:
    filed = await file(app, of=plan_of("plein-2"))
    other = await file(app, of=plan_of("plein-3"))
    async with app.transaction(agent_of(full)) as connection:
        by_name = await search(connection, settings.master, "LE GOFF annaig", [*SERVED, "plein-3"])
        by_reference = await search(connection, settings.master, filed.reference, SERVED)
        by_number = await search(connection, settings.master, filed.reference.partition("-")[2].lstrip("0"), SERVED)
        in_one_breath = await search(connection, settings.master, "legoff", SERVED)
        nobody = await search(connection, settings.master, "Goff Brest", SERVED)
        elsewhere = await search(connection, settings.master, other.reference, [*SERVED, "plein-3"])

    assert (filed.id in by_name, other.id in by_name) == (True, False)
    assert (by_reference, nobody, elsewhere) == ([filed.id], [], [])
    assert by_number[0] == filed.id
    assert filed.id in in_one_breath


async def test_what_looks_like_a_filing_is_looked_for_among_the_fifty_latest(
    app: Database, full: str, settings: Settings
) -> None:
    """A person who has filed two thousand requests files as fast as another, and is told of five."""
    del full
    person = uuid7()
    mine = await draft(app, person, "plein-1")
    with psycopg.connect(settings.database_url, autocommit=True) as owner:
        owner.execute(
            "INSERT INTO dossier (id, reference, procedure, plan, resident, version, acts, head, filed_at, recorded_at)"
            " SELECT gen_random_uuid(), 'plein-sien-' || n, 'plein-1', 'plan-plein', %s, 1, 1, '', at, at"
            " FROM generate_series(1, 2000) n,"
            " LATERAL (SELECT timestamptz '2025-01-01' + n * interval '1 hour') t (at)",
            [person],
        )
        owner.execute(
            "INSERT INTO clock (dossier, plan, seq, step, status, closed, ledger)"
            " SELECT id, plan, 1, '', 'filed', false, '{}' FROM dossier WHERE resident = %s",
            [person],
        )
        owner.execute("ANALYZE dossier, clock")
    beside, given = before_filing.reading_of(mine)[1].statement
    async with app.transaction(resident_of(person)) as connection:
        raw = (await connection.get_raw_connection()).driver_connection
        assert isinstance(raw, psycopg.AsyncConnection)
        (plan,) = await (await raw.execute(f"EXPLAIN (ANALYZE, FORMAT JSON) {beside}", given)).fetchone() or ([],)
        *_, alike, _ = await (await raw.execute(beside, given)).fetchone() or [(), ()]

    assert [one["reference"] for one in alike] == [f"plein-sien-{n}" for n in range(2000, 1995, -1)]
    assert max(_rows_read(plan)) <= 50


def _rows_read(node: Any) -> Iterator[int]:
    """How many rows each reading of a large table gave or passed over, in all its loops."""
    if isinstance(node, list):
        for inner in node:
            yield from _rows_read(inner)
    elif isinstance(node, dict):
        if node.get("Relation Name") in LARGE:
            yield (node["Actual Rows"] + node.get("Rows Removed by Filter", 0)) * node["Actual Loops"]
        for inner in node.values():
            yield from _rows_read(inner)


async def test_a_plan_that_reads_everything_is_noticed(app: Database, full: str) -> None:
    """What this file asserts can fail."""

    async def listing(connection: AsyncConnection) -> None:
        await connection.execute(text("SELECT count(*) FROM queue_row WHERE office LIKE '%x%'"))

    assert "queue_row" in await scanned(app, agent_of(full), listing)
