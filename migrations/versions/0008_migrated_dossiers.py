"""A dossier may follow another version of its procedure than the one of its filing.

Revision ID: 0008_migrated_dossiers
Revises: 0007_queue_walls
"""

from __future__ import annotations

from migrations.scripts import run

revision = "0008_migrated_dossiers"
down_revision = "0007_queue_walls"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add a column, and let the application write it."""
    run("migrated_dossiers.sql")
