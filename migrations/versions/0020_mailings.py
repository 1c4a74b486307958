"""Whom each e-mail reached, and which address an incident is about.

Revision ID: 0020_mailings
Revises: 0019_redone_effects
"""

from __future__ import annotations

from migrations.scripts import run

revision = "0020_mailings"
down_revision = "0019_redone_effects"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the table, and the column."""
    run("mailings.sql")
