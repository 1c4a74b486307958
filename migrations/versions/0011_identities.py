"""OpenID Connect identities bound to accounts.

Revision ID: 0011_identities
Revises: 0010_campaigns
"""

from __future__ import annotations

from migrations.scripts import run

revision = "0011_identities"
down_revision = "0010_campaigns"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table, what sessions remember, and their walls."""
    run("identities.sql")
