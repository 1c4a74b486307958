"""Sessions that ended are kept an hour, no longer.

Revision ID: 0015_swept_sessions
Revises: 0014_unbound_identities
"""

from __future__ import annotations

from migrations.scripts import run

revision = "0015_swept_sessions"
down_revision = "0014_unbound_identities"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the function that each sign-in calls."""
    run("swept_sessions.sql")
