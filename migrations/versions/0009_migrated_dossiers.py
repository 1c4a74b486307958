"""A dossier may follow another version of its procedure than the one of its filing.

Revision ID: 0009_migrated_dossiers
Revises: 0008_followed_lists
"""

from __future__ import annotations

from migrations.scripts import run

revision = "0009_migrated_dossiers"
down_revision = "0008_followed_lists"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add a column, and let the application write it."""
    run("migrated_dossiers.sql")
