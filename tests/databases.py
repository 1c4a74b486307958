"""Databases of tests: migrated once for a run, then copied, which costs a twentieth of migrating again."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import psycopg
from psycopg import Connection, sql

from migrations.keys_database import close_to_others
from migrations.upgrade import upgrade
from storage.engine import addresses
from storage.engine.settings import Settings

_TEMPLATE = "guichet_template"
_LOCK = 7_391_002


@dataclass(frozen=True, slots=True)
class DatabaseUrls:
    """Where a database and its keys database are, as their owner."""

    main: str
    keys: str


@dataclass(frozen=True, slots=True)
class Template:
    """A migrated database and its keys database, which nobody opens."""

    server: str

    def copied(self, name: str) -> DatabaseUrls:
        """A copy of both under another name."""
        with owning(self.server) as owner:
            owner.execute("SELECT pg_advisory_lock_shared(%s)", [_LOCK])
            for end in ("", "_keys"):
                statement = sql.SQL("CREATE DATABASE {} TEMPLATE {} STRATEGY FILE_COPY")
                owner.execute(statement.format(sql.Identifier(name + end), sql.Identifier(_TEMPLATE + end)))
            close_to_others(owner, f"{name}_keys")
        return DatabaseUrls(
            main=addresses.with_database(self.server, name), keys=addresses.with_database(self.server, f"{name}_keys")
        )

    def forgotten(self, name: str) -> None:
        """Drop such a copy."""
        with owning(self.server) as owner:
            for end in ("", "_keys"):
                _dropped(owner, name + end)


def migrated(parts: dict[str, str]) -> Template:
    """The template of these parts, brought to the present schema by whichever worker comes first."""
    server = parts["DATABASE_URL"]
    with owning(server) as owner:
        owner.execute("SELECT pg_advisory_lock(%s)", [_LOCK])
        if not owner.execute("SELECT 1 FROM pg_database WHERE datname = %s", [_TEMPLATE]).fetchone():
            owner.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(_TEMPLATE)))
        url = addresses.with_database(server, _TEMPLATE)
        upgrade(Settings.of(parts | {"DATABASE_URL": url, "GUICHET_MODE": "test"}))
    return Template(server)


@contextmanager
def owning(server: str) -> Iterator[Connection]:
    """The owner's connection to the server, outside any transaction."""
    with psycopg.connect(server, autocommit=True) as owner:
        yield owner


def _dropped(owner: Connection, database: str) -> None:
    """Drop a database once its last connections are gone; the parts go with the run, so after a while let it be."""
    for _ in range(20):
        try:
            owner.execute(sql.SQL("DROP DATABASE IF EXISTS {}").format(sql.Identifier(database)))
        except psycopg.errors.ObjectInUse:
            time.sleep(0.1)
        else:
            return
