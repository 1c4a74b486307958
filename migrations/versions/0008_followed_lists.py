"""Lists that pass over nothing being written; webhooks only to who may still be told.

Revision ID: 0008_followed_lists
Revises: 0007_queue_walls
"""

from __future__ import annotations

from migrations.scripts import run

revision = "0008_followed_lists"
down_revision = "0007_queue_walls"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make three functions."""
    run("listing_functions.sql", "webhook_rights.sql")
