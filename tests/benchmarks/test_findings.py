"""What chaos looks for is found: each thing that must not be, made on purpose."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID, uuid4

import psycopg
import pytest
from psycopg import sql

from benchmarks.deliveries import Delivery, Outage, again
from benchmarks.filers import Claim
from benchmarks.findings import look, of_claims, of_emails, of_letter_objects
from migrations.upgrade import upgrade
from storage.documents.letters import object_name
from storage.engine import addresses
from storage.engine.settings import Settings
from storage.objects.store import object_store
from tests.storage.filed import file, opened

CARRIED = (
    "UPDATE effect SET status = 'superseded'",
    "UPDATE outbox SET sent_at = now()",
    "INSERT INTO carried (dossier, seq, at) SELECT id, version, now() FROM dossier",
)
DOCTORED = {
    "effets en attente ou abandonnés": "UPDATE effect SET status = 'pending' WHERE kind = 'letter:acknowledgement'",
    "lettres faites et introuvables": "UPDATE effect SET status = 'done' WHERE kind = 'letter:acknowledgement'",
    "courriels faits et introuvables": "UPDATE effect SET status = 'done' WHERE kind = 'email:filed'",
    "annonces non relayées": "UPDATE outbox SET sent_at = NULL",
    "dossiers que leur workflow n'a pas suivis": "UPDATE carried SET seq = 0",
    "chaînes rompues": "UPDATE dossier SET head = 'x'",
    "références acquittées introuvables": "UPDATE dossier SET reference = 'autre'",
}


@pytest.fixture
def alone(settings: Settings, tmp_path: Path) -> Iterator[Settings]:
    """A database and buckets that hold nothing else, on the same servers."""
    name = f"chaos_{uuid4().hex[:8]}"
    with psycopg.connect(settings.database_url, autocommit=True) as owner:
        owner.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
    url = addresses.with_database(settings.database_url, name)
    bucket = f"chaos-{uuid4().hex[:8]}"
    own = {"DATABASE_URL": url, "MAIL_FOLDER": str(tmp_path / "mail")}
    own |= {"S3_BUCKET": bucket, "S3_LOCKED_BUCKET": f"{bucket}-actes"}
    found = Settings.of(settings.environment() | own)
    upgrade(found)
    asyncio.run(object_store(found).prepare())
    yield found
    with psycopg.connect(settings.database_url, autocommit=True) as owner:
        for one in (name, found.keys_database):
            owner.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(one)))


def doctor(settings: Settings, *statements: str) -> None:
    """Write behind the product's back."""
    with psycopg.connect(settings.database_url) as owner:
        for statement in statements:
            owner.execute(statement.encode())


async def wrong(settings: Settings, claims: list[Claim]) -> set[str]:
    """The names of what is found wrong."""
    return {finding.what for finding in await look(settings, claims, [], []) if finding.wrong}


async def test_each_breach_is_found_and_only_it(alone: Settings) -> None:
    """A dossier filed and carried is sound; then one row is doctored at a time."""
    async with opened(alone, "app") as app:
        filed = await file(app)
    claims = [Claim(0, "essai", filed.id, filed.reference)]
    left = {"effets en attente ou abandonnés", "annonces non relayées", "dossiers que leur workflow n'a pas suivis"}
    assert await wrong(alone, claims) == left, "nobody has carried it yet"

    doctor(alone, *CARRIED)
    assert await wrong(alone, claims) == set()

    for what, statement in DOCTORED.items():
        with psycopg.connect(alone.database_url) as owner:
            kept = owner.execute("SELECT reference, head FROM dossier").fetchone()
        doctor(alone, statement)
        assert what in await wrong(alone, claims), what
        assert kept is not None
        with psycopg.connect(alone.database_url) as owner:
            owner.execute("UPDATE dossier SET reference = %s, head = %s", kept)
            owner.execute("UPDATE carried SET seq = (SELECT version FROM dossier)")
        doctor(alone, *CARRIED[:2])
    assert await wrong(alone, claims) == set()


def test_an_acknowledgement_without_dossier_is_lost_and_a_dossier_without_claim_is_doubled() -> None:
    kept, gone, stranger = uuid4(), uuid4(), uuid4()
    claims = [Claim(0, "essai", kept, "2026-000001"), Claim(1, "essai", gone, "2026-000002"), Claim(2, "essai")]
    filed: dict[UUID, str] = {kept: "2026-000001", stranger: "2026-000003"}

    found = {finding.what: finding.wrong for finding in of_claims(claims, filed)}

    assert found["références acquittées introuvables"] == ("2026-000002",)
    assert found["dossiers que personne n'a déposés"] == (str(stranger),)


def test_an_unknown_outcome_may_exist_once_or_not_at_all() -> None:
    filed, not_filed = uuid4(), uuid4()
    claims = [Claim(0, "essai", filed), Claim(1, "essai", not_filed)]

    assert not any(finding.wrong for finding in of_claims(claims, {filed: "2026-000001"}))


NOON = datetime(2026, 12, 1, 12, tzinfo=UTC)


def at(seconds: float) -> datetime:
    """So many seconds after noon."""
    return NOON + timedelta(seconds=seconds)


def test_an_email_said_to_be_sent_that_no_server_took_is_lost() -> None:
    lost, doubled = of_emails({"a": at(1), "b": None}, [Delivery("a", at(0))], [])

    assert lost.wrong == ("b",)
    assert doubled.wrong == doubled.explained == ()


@pytest.mark.parametrize(
    ("cut", "marked", "outages", "explained"),
    [
        pytest.param(False, 3, [], False, id="two senders: nothing was away"),
        pytest.param(True, 3, [], True, id="its session was cut after the message"),
        pytest.param(True, None, [], True, id="cut, and not marked to this day"),
        pytest.param(False, 3, [("worker", 1, 1)], True, id="the worker killed before the mark"),
        pytest.param(False, 3, [("postgres", -2, 0.5)], True, id="PostgreSQL away at the instant of the mark"),
        pytest.param(False, 3, [("worker", -1, -1)], False, id="killed before the first"),
        pytest.param(False, 3, [("worker", 2.5, 2.5)], False, id="killed after the second"),
        pytest.param(False, 3, [("api", 1, 1), ("temporal", 1, 1)], False, id="those that neither send nor mark"),
        pytest.param(False, 1, [("worker", 1.5, 1.5)], False, id="the mark was there: nothing explains it"),
        pytest.param(True, 1, [], False, id="cut, but marked"),
    ],
)
def test_the_same_message_again_is_explained_only_while_its_sender_could_not_know(
    *, cut: bool, marked: float | None, outages: list[tuple[str, float, float]], explained: bool
) -> None:
    """Taken at noon and two seconds later, under one Message-ID."""
    twice = [Delivery("a", at(0), cut=cut), Delivery("other", at(1)), Delivery("a", at(2), cut=False)]
    marks = {} if marked is None else {"a": at(marked)}
    away = [Outage(part, at(since), at(until)) for part, since, until in outages]

    assert list(again(twice, marks, away)) == [(twice[2], explained)]
    _, doubled = of_emails({"a": marks.get("a")}, twice, away)
    assert (doubled.wrong, doubled.explained) == ((), ("a",)) if explained else (("a",), ())


@pytest.mark.parametrize(
    ("status", "family"),
    [("pending", "stuck"), ("done", "doubled"), (None, "doubled"), ("superseded", ""), ("failed", "")],
)
def test_a_letter_s_object_without_its_row_is_on_its_way_while_its_effect_is_pending(
    status: str | None, family: str
) -> None:
    """Afterwards it is one too many, unless its letter was overtaken or given up."""
    whole, alone = (object_name(uuid4(), seq, "letter:pieces") for seq in (1, 2))
    effects = {whole: "done"} | ({} if status is None else {alone: status})

    found = of_letter_objects({whole, alone}, {whole}, effects)

    assert [(each.family, each.wrong) for each in found if each.wrong] == ([(family, (alone,))] if family else [])


async def test_a_letter_in_flight_is_not_taken_for_one_too_many(alone: Settings) -> None:
    """On the real store: an object put while its effect is pending, then its effect done without a row."""
    async with opened(alone, "app") as app:
        filed = await file(app)
    claims, kind = [Claim(0, "essai", filed.id, filed.reference)], "letter:acknowledgement"
    doctor(alone, *CARRIED)
    store = object_store(alone)
    await store.put_sealed(store.bucket, object_name(filed.id, 1, kind), b"sealed")
    assert await wrong(alone, claims) == set(), "overtaken: the next attempt would have adopted it"

    doctor(alone, DOCTORED["effets en attente ou abandonnés"])
    assert await wrong(alone, claims) == {"effets en attente ou abandonnés", "objets de lettre dont l'effet attend"}

    doctor(alone, DOCTORED["lettres faites et introuvables"])
    assert await wrong(alone, claims) == {"lettres faites et introuvables", "objets de lettre sans leur ligne"}
