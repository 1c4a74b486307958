"""Who proves that they are the person of an account binds it to the identity that they have today.

Revision ID: 0017_rebound_identities
Revises: 0016_codes_sent_twice
"""

from __future__ import annotations

from migrations.scripts import run

revision = "0017_rebound_identities"
down_revision = "0016_codes_sent_twice"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the function that binds again."""
    run("rebound_identities.sql")
