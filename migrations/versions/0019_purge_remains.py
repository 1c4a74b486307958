"""A purge leaves neither letters nor incidents; a grant that is withdrawn is published no more.

Revision ID: 0019_purge_remains
Revises: 0018_corrected_filings
"""

from __future__ import annotations

from migrations.scripts import run

revision = "0019_purge_remains"
down_revision = "0018_corrected_filings"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Let the worker delete them."""
    run("purge_remains.sql")
