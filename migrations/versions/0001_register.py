"""Dossiers, their journal and everything beside it; the legal clock; who sees what."""

from migrations.scripts import run

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Make the tables, then the functions and triggers, then the walls."""
    run("register_tables.sql", "register_functions.sql", "register_walls.sql")
