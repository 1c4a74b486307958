"""Readers by their names; deposits of systems prepared like drafts.

Revision ID: 0005_counter
Revises: 0004_mandate_walls
"""

from __future__ import annotations

from migrations.scripts import run

revision = "0005_counter"
down_revision = "0004_mandate_walls"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the function, add the column and its wall."""
    run("counter_functions.sql")
