"""An agent has what the machine gave up done again.

Revision ID: 0019_redone_effects
Revises: 0018_corrected_filings
"""

from __future__ import annotations

from migrations.scripts import run

revision = "0019_redone_effects"
down_revision = "0018_corrected_filings"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Let the application set a failed effect pending."""
    run("redone_effects.sql")
