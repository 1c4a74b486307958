"""Accounts, sessions, codes, groups, organisations, systems, rate limits, the administrators' log.

Revision ID: 0002_identity
Revises: 0001
"""

from __future__ import annotations

from migrations.scripts import run

revision = "0002_identity"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables, then the functions that look before there is a subject, then the walls."""
    run("identity_tables.sql", "identity_functions.sql", "identity_walls.sql")
