"""Bringing a database to the present schema: roles, keys' database, Alembic's migrations."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, create_engine, text
from sqlalchemy.pool import NullPool

from migrations.keys_database import ensure_keys_database
from migrations.roles import ensure_roles
from storage.engine import addresses
from storage.engine.settings import APP_ROLE, BACKUP_ROLE, WORKER_ROLE, Settings

FOLDER = Path(__file__).resolve().parent
_LOCK = 7_391_001


def upgrade(settings: Settings) -> None:
    """Create or bring up to date everything the product keeps in PostgreSQL. Doing it again changes nothing."""
    ensure_roles(settings)
    ensure_keys_database(settings)
    engine = create_engine(addresses.for_sqlalchemy(settings.database_url), poolclass=NullPool, hide_parameters=True)
    with engine.begin() as connection:
        connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})
        command.upgrade(configuration(connection), "heads")
        for kind in ("TABLES", "SEQUENCES"):
            connection.execute(text(f"GRANT SELECT ON ALL {kind} IN SCHEMA public TO {BACKUP_ROLE}"))
        for function in ("move_legal_clock(timestamptz, boolean, boolean)", "next_legal_due()"):
            connection.execute(text(_moved_by(function, movable=settings.mode != "production")))
    engine.dispose()


def _moved_by(function: str, *, movable: bool) -> str:
    """Legal time is moved in demonstrations and in tests; a database that becomes one of production stops at once."""
    does, whom = ("GRANT", "TO") if movable else ("REVOKE", "FROM")
    return f"{does} EXECUTE ON FUNCTION {function} {whom} {APP_ROLE}, {WORKER_ROLE}"


def configuration(connection: Connection | None = None) -> Config:
    """Alembic's configuration, without a file; migrations run inside the transaction of `connection`."""
    config = Config()
    config.set_main_option("script_location", str(FOLDER))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    return config


def heads() -> tuple[str, ...]:
    """The last revisions that this code knows."""
    return tuple(sorted(ScriptDirectory.from_config(configuration()).get_heads()))
