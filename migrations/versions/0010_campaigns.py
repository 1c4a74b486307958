"""Campaigns, and the public rows of what was granted.

Revision ID: 0010_campaigns
Revises: 0009_migrated_dossiers
"""

from __future__ import annotations

from migrations.scripts import run

revision = "0010_campaigns"
down_revision = "0009_migrated_dossiers"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables, then their walls."""
    run("campaigns.sql", "granted_rows.sql")
