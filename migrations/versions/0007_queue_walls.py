"""The wall of the queues never scans the dossiers.

Revision ID: 0007_queue_walls
Revises: 0006_leaner_walls
"""

from __future__ import annotations

from migrations.scripts import run

revision = "0007_queue_walls"
down_revision = "0006_leaner_walls"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Replace two policies."""
    run("queue_walls.sql")
