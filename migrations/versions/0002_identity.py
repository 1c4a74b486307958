"""Accounts, sessions, codes, groups, organisations, systems, rate limits, the administrators' log."""

from migrations.scripts import run

revision = "0002_identity"
down_revision = "0001"


def upgrade() -> None:
    """Make the tables, then the functions that look before there is a subject, then the walls."""
    run("identity_tables.sql", "identity_functions.sql", "identity_walls.sql")
