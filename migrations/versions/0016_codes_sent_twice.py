"""Codes sent twice, or older than the page that asks for them.

Revision ID: 0016_codes_sent_twice
Revises: 0015_swept_sessions
"""

from __future__ import annotations

from migrations.scripts import run

revision = "0016_codes_sent_twice"
down_revision = "0015_swept_sessions"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add by what a code's address is found, and to which browser it has served."""
    run("codes_sent_twice.sql")
