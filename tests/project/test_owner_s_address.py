"""The owner of the database is known to what migrates it, and to no other room (issue 14, §3)."""

from __future__ import annotations

from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]

SERVING = ("api", "catalogue", "cli", "letters", "parts", "storage", "web", "workers")
KNOWING = {
    "cli/checks/database.py",  # the doctor, where it is told
    "cli/commands/migrate.py",
    "cli/commands/pg_service.py",  # who backs up and restores
    "cli/configured.py",
    "storage/engine/database.py",  # the role that tests and benchmarks take
    "storage/engine/fitness.py",
    "storage/engine/settings.py",
}


def test_nothing_but_migrations_and_backups_asks_for_the_owner_s_address() -> None:
    asking = {
        file.relative_to(ROOT).as_posix()
        for room in SERVING
        for file in (ROOT / room).rglob("*.py")
        if any(said in file.read_text() for said in ('"owner"', "settings.database_url", "self.database_url"))
    }
    assert asking == KNOWING
