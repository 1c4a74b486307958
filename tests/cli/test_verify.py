"""`guichet verify` and `guichet purge`: what they print, what they exit with."""

from __future__ import annotations

import asyncio
import json

import psycopg
import pytest

from storage.engine.settings import Settings
from storage.register.door import Recorded
from tests.cli.command import guichet
from tests.storage.filed import file, opened

NOBODY = "2026-999999999"


@pytest.fixture
def filed(settings: Settings) -> Recorded:
    """A dossier on the real database."""

    async def make() -> Recorded:
        async with opened(settings, "app") as app:
            return await file(app)

    return asyncio.run(make())


def test_an_intact_dossier_exits_with_0(settings: Settings, filed: Recorded) -> None:
    done = guichet("verify", filed.reference, environment=settings.environment())

    assert (done.returncode, done.stderr) == (0, "")
    assert "chaîne intacte, 3 entrées" in done.stdout


def test_a_broken_one_exits_with_1_and_says_where(settings: Settings, filed: Recorded) -> None:
    with psycopg.connect(settings.database_url) as owner:
        owner.execute("UPDATE dossier SET head = 'x' WHERE id = %s", [filed.id])
    done = guichet("verify", str(filed.id), "--json", environment=settings.environment())
    verdict = json.loads(done.stdout)

    assert done.returncode == 1
    assert (verdict["intact"], verdict["broken_at"], verdict["broken_kind"]) == (False, 3, "tail")


@pytest.mark.parametrize("command", ["verify", "purge"])
def test_an_unknown_dossier_exits_with_1_and_a_sentence(settings: Settings, command: str) -> None:
    done = guichet(command, NOBODY, environment=settings.environment())

    assert (done.returncode, done.stdout) == (1, "")
    assert NOBODY in done.stderr


def test_a_purge_is_told_by_verify_with_its_day_and_its_ground(settings: Settings, filed: Recorded) -> None:
    environment = settings.environment()
    early = guichet("purge", filed.reference, "--ground", "fin de conservation", environment=environment)
    assert early.returncode == 1
    assert "Le dossier est ouvert" in early.stderr
    said = ("--ground", "fin de conservation", "--force", filed.reference)
    purged = guichet("purge", filed.reference, *said, environment=environment)
    done = guichet("verify", filed.reference, environment=environment)
    document = json.loads(guichet("verify", str(filed.id), "--json", environment=environment).stdout)

    assert (purged.returncode, done.returncode) == (0, 0)
    assert "chaîne intacte, contenu détruit le " in done.stdout
    assert "au titre de : fin de conservation" in done.stdout
    assert (document["intact"], document["purged_ground"]) == (True, "fin de conservation")


def test_a_second_purge_tells_the_ground_of_the_first(settings: Settings, filed: Recorded) -> None:
    environment = settings.environment()
    said = ("--ground", "fin de conservation", "--force", filed.reference)
    guichet("purge", filed.reference, *said, environment=environment)
    again = guichet("purge", filed.reference, "--ground", "autre chose", environment=environment)

    assert again.returncode == 0
    assert "au titre de : fin de conservation" in again.stdout
    assert "autre chose" not in again.stdout


def test_a_purge_needs_a_ground_that_says_something(settings: Settings, filed: Recorded) -> None:
    done = guichet("purge", filed.reference, "--ground", " ", environment=settings.environment())

    assert done.returncode == 2
    assert "à quel titre" in done.stderr
