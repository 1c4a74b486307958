"""The keys' own database: made beside the main one, reached by its own role and nobody else."""

import psycopg
from psycopg import Connection, errors, sql

from storage.engine import addresses
from storage.engine.settings import KEYS_ROLE, Settings

_TABLE = """
CREATE TABLE IF NOT EXISTS dossier_key (
    dossier uuid PRIMARY KEY,
    wrapped bytea,
    created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    destroyed_at timestamptz
)
"""
_GRANTS = (
    "REVOKE ALL ON SCHEMA public FROM PUBLIC",
    f"GRANT USAGE ON SCHEMA public TO {KEYS_ROLE}",
    f"GRANT SELECT, INSERT, UPDATE (wrapped, destroyed_at) ON dossier_key TO {KEYS_ROLE}",
)


def ensure_keys_database(settings: Settings) -> None:
    """Create the database and its table, unless KEYS_DATABASE_URL names one that others keep."""
    with psycopg.connect(settings.database_url, autocommit=True) as owner:
        if settings.keys_database_url is None:
            _create(owner, settings.keys_database)
    with psycopg.connect(owned(settings)) as keys:
        keys.execute("SELECT pg_advisory_xact_lock(4)")
        keys.execute(_TABLE)
        if settings.keys_database_url is None:
            for grant in _GRANTS:
                keys.execute(grant)


def _create(owner: Connection, name: str) -> None:
    if owner.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone():
        return
    try:
        owner.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
    except (errors.DuplicateDatabase, errors.UniqueViolation):
        return
    close_to_others(owner, name)


def close_to_others(owner: Connection, name: str) -> None:
    """Nobody but the role of the keys comes in: the rights on a database are its own, a copy does not have them."""
    database = sql.Identifier(name)
    owner.execute(sql.SQL("REVOKE ALL ON DATABASE {} FROM PUBLIC").format(database))
    owner.execute(sql.SQL("GRANT CONNECT ON DATABASE {} TO {}").format(database, sql.Identifier(KEYS_ROLE)))


def owned(settings: Settings) -> str:
    """The keys' database as the one who may make its table: the owner, or whoever KEYS_DATABASE_URL names."""
    return settings.keys_database_url or addresses.with_database(settings.database_url, settings.keys_database)
