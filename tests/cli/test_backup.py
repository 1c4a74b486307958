"""What README.fr.md says of backups, run word for word on the real parts: another database, and everything is there."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import psycopg
import pytest
from psycopg import sql

from parts.postgresql import installation
from storage.documents import letters
from storage.engine import addresses
from storage.engine.database import WORKING
from storage.engine.settings import Settings
from storage.objects.store import object_store
from storage.register import texts
from storage.register.door import Recorded
from storage.register.fold import story
from tests.cli.command import ROOT, guichet
from tests.storage.filed import file, opened

KIND = "letter:acknowledgement"
SECTION = re.compile(r"## Sauvegarder\n(.*?)\n## ", re.DOTALL)
BLOCK = re.compile(r"```\n(.*?)```", re.DOTALL)
CHANGES = re.compile(r"^\\(un)?restrict .*$", re.MULTILINE)
"""A word that `pg_dump` draws for each dump."""


@pytest.fixture
def elsewhere(own_settings: Settings) -> Iterator[Settings]:
    """An empty database on the same server, as a new server would give."""
    name = f"{addresses.database_of(own_settings.database_url)}_again"
    with psycopg.connect(own_settings.database_url, autocommit=True) as owner:
        owner.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
    url = addresses.with_database(own_settings.database_url, name)
    found = Settings.of(own_settings.environment() | {"DATABASE_URL": url})
    yield found
    with psycopg.connect(own_settings.database_url, autocommit=True) as owner:
        for one in (name, found.keys_database):
            owner.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(one)))


async def with_a_letter(settings: Settings) -> Recorded:
    """A dossier filed, and its receipt kept."""
    async with opened(settings, "app") as app:
        filed = await file(app)
    store = object_store(settings)
    await store.prepare()
    async with opened(settings, "worker") as worker, worker.transaction(WORKING) as connection:
        key = (await story(connection, worker.keys, filed.id)).key
        name, pdf = await letters.store(store, key, filed.id, 1, KIND, b"%PDF", lock_until=None)
        template = await texts.publish(connection, kind="letter", name="acknowledgement", body=b"#")
        common = {"dossier": filed.id, "seq": 1, "kind": KIND, "object_key": name, "locked": False}
        at = datetime.now(UTC)
        await letters.record(connection, key, **common, pdf=pdf, template=template, at=at)  # type: ignore[arg-type]
    return filed


async def its_letter(settings: Settings, filed: Recorded) -> bytes:
    """The receipt, read from that database."""
    async with opened(settings, "worker") as worker, worker.transaction(WORKING) as connection:
        key = (await story(connection, worker.keys, filed.id)).key
        (found,) = await letters.of_dossier(connection, filed.id)
        return await letters.pdf(object_store(settings), key, found)


def said(folder: Path, commands: str, settings: Settings) -> str:
    """Run commands as a person does, `guichet` and PostgreSQL's own on the path."""
    places = [str(Path(sys.executable).parent), str(installation(folder, None)), os.environ["PATH"]]
    environment = settings.environment() | {"PATH": os.pathsep.join(places), "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        ["bash", "-euc", commands], check=False, cwd=folder, env=environment, text=True, capture_output=True
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def shape(folder: Path, settings: Settings) -> list[str]:
    """Both databases without what they hold."""
    keys = addresses.with_database(settings.database_url, settings.keys_database)
    shown = [said(folder, f"pg_dump --schema-only {url}", settings) for url in (settings.database_url, keys)]
    return [CHANGES.sub("", each) for each in shown]


async def test_the_commands_of_the_readme_bring_everything_back(
    own_settings: Settings, elsewhere: Settings, tmp_path: Path
) -> None:
    section = SECTION.search((ROOT / "README.fr.md").read_text())
    assert section is not None
    backup, restore = BLOCK.findall(section[1])
    filed = await with_a_letter(own_settings)

    said(tmp_path, backup, own_settings)
    assert said(tmp_path, "stat -c %a *.conf *.dump | uniq", elsewhere) == "600\n"
    said(tmp_path, restore, elsewhere)

    assert "chaîne intacte" in guichet("verify", filed.reference, environment=elsewhere.environment()).stdout
    assert await its_letter(elsewhere, filed) == b"%PDF"
    assert shape(tmp_path, elsewhere) == shape(tmp_path, own_settings), "walls, rights and triggers are the same"
