"""The date of a filing entered by hand may be corrected.

Revision ID: 0017_corrected_filings
Revises: 0016_codes_sent_twice
"""

from __future__ import annotations

from migrations.scripts import run

revision = "0017_corrected_filings"
down_revision = "0016_codes_sent_twice"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Let the register date a filing anew."""
    run("corrected_filings.sql")
