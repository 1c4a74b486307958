"""When each workflow will look again by itself.

Revision ID: 0002_workers
Revises: 0001
"""

from __future__ import annotations

from migrations.scripts import run

revision = "0002_workers"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column and its index."""
    run("workers_tables.sql")
