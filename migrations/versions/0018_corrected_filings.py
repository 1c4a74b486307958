"""The date of a filing entered by hand may be corrected.

Revision ID: 0018_corrected_filings
Revises: 0017_rebound_identities
"""

from __future__ import annotations

from migrations.scripts import run

revision = "0018_corrected_filings"
down_revision = "0017_rebound_identities"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Let the register date a filing anew."""
    run("corrected_filings.sql")
