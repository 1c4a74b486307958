"""An agent has what the machine gave up done again.

Revision ID: 0016_redone_effects
Revises: 0015_swept_sessions
"""

from __future__ import annotations

from migrations.scripts import run

revision = "0016_redone_effects"
down_revision = "0015_swept_sessions"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Let the application set a failed effect pending."""
    run("redone_effects.sql")
