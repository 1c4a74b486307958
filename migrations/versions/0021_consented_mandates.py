"""A mandate is in force once its consent is recorded.

Revision ID: 0021_consented_mandates
Revises: 0020_mailings
"""

from __future__ import annotations

from migrations.scripts import run

revision = "0021_consented_mandates"
down_revision = "0020_mailings"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the columns and the functions."""
    run("consented_mandates.sql")
