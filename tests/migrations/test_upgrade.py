"""The migrations give what the code's tables say, to the right roles, and can be run again."""

from __future__ import annotations

import psycopg
import pytest
from psycopg import errors
from sqlalchemy import Column, Integer, MetaData, Table

from migrations import drift as drift_module
from migrations.drift import drift
from migrations.tables import every_table
from migrations.upgrade import heads, upgrade
from storage.engine.settings import DatabaseRole, Settings


def test_the_migrations_and_the_tables_agree(settings: Settings) -> None:
    """A column added to the code and to no migration would be missing in production."""
    assert drift(settings) == []


def test_a_table_without_its_migration_is_told(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    """The check above can fail."""
    more = MetaData()
    for table in every_table().tables.values():
        table.to_metadata(more)
    Table("forgotten", more, Column("id", Integer, primary_key=True))
    monkeypatch.setattr(drift_module, "every_table", lambda: more)

    assert drift(settings) == ["add_table forgotten"]


def test_the_database_is_at_the_last_migrations(settings: Settings) -> None:
    """What the doctor compares."""
    with psycopg.connect(settings.url_of("owner")) as owner:
        current = owner.execute("SELECT version_num FROM alembic_version ORDER BY 1").fetchall()

    assert [version for (version,) in current] == list(heads())


def test_running_them_again_changes_nothing(settings: Settings) -> None:
    """An upgrade that was interrupted, or run twice by two processes, ends the same."""
    upgrade(settings)

    assert drift(settings) == []


@pytest.mark.parametrize("role", ["app", "worker", "operator", "backup"])
def test_no_role_but_the_owner_makes_tables(settings: Settings, role: DatabaseRole) -> None:
    """What they may do is granted table by table."""
    with psycopg.connect(settings.url_of(role)) as connection, pytest.raises(errors.InsufficientPrivilege):
        connection.execute("CREATE TABLE mine (id int)")


@pytest.mark.parametrize("role", ["app", "worker", "operator"])
def test_the_roles_that_serve_do_not_read_past_the_walls(settings: Settings, role: DatabaseRole) -> None:
    """Neither superuser nor exempt from row-level security."""
    with psycopg.connect(settings.url_of(role)) as connection:
        query = "SELECT rolsuper, rolbypassrls, rolcreaterole, rolcreatedb FROM pg_roles WHERE rolname = current_user"

        assert connection.execute(query).fetchone() == (False, False, False, False)


@pytest.mark.parametrize("role", ["app", "worker", "operator", "backup"])
def test_the_keys_database_opens_to_its_own_role_only(settings: Settings, role: DatabaseRole) -> None:
    """A backup of the main database, or a hole in the API's role, reaches no key."""
    keys = settings.model_copy(update={"database_url": _in_keys_database(settings)})

    with pytest.raises(psycopg.OperationalError, match="permission denied for database"):
        psycopg.connect(keys.url_of(role))


def test_the_keys_role_reads_and_destroys_keys_and_deletes_none(settings: Settings) -> None:
    """A destroyed key leaves its row: `verify` says when."""
    with psycopg.connect(settings.url_of("keys"), autocommit=True) as keys:
        keys.execute("SELECT wrapped FROM dossier_key")
        keys.execute("UPDATE dossier_key SET wrapped = NULL WHERE false")
        with pytest.raises(errors.InsufficientPrivilege):
            keys.execute("DELETE FROM dossier_key")


def _in_keys_database(settings: Settings) -> str:
    return settings.database_url.rpartition("/")[0] + "/" + settings.keys_database
