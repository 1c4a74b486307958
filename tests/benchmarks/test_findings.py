"""What chaos looks for is found: each thing that must not be, made on purpose."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from pathlib import Path
from uuid import UUID, uuid4

import psycopg
import pytest
from psycopg import sql

from benchmarks.filers import Claim
from benchmarks.findings import look, of_claims, of_emails
from migrations.upgrade import upgrade
from storage.engine import addresses
from storage.engine.settings import Settings
from storage.mail import message_id
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
    return {finding.what for finding in await look(settings, claims) if finding.wrong}


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


def test_the_same_message_twice_is_doubled(settings: Settings, tmp_path: Path) -> None:
    """Whatever the names of the files."""
    known = message_id("a|1|email:filed", "127.0.0.1")
    for name in ("un", "deux"):
        (tmp_path / f"{name}.eml").write_text(f"Message-ID: {known}\r\n\r\n")
    found = settings.model_copy(update={"mail_folder": tmp_path, "public_url": "http://127.0.0.1:8000"})

    lost, doubled = of_emails(found, ["a|1|email:filed", "b|1|email:filed"])

    assert lost.wrong == ("b|1|email:filed",)
    assert doubled.wrong == (known,)
