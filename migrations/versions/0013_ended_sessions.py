"""Who bore a session that has just ended by itself.

Revision ID: 0013_ended_sessions
Revises: 0012_languages
"""

from __future__ import annotations

from migrations.scripts import run

revision = "0013_ended_sessions"
down_revision = "0012_languages"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the function that the pages ask when a file comes too late."""
    run("ended_sessions.sql")
