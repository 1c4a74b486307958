"""Documents kept without a scan, scanned once there is an antivirus.

Revision ID: 0017_documents_scanned_again
Revises: 0016_codes_sent_twice
"""

from __future__ import annotations

from migrations.scripts import run

revision = "0017_documents_scanned_again"
down_revision = "0016_codes_sent_twice"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add when a scan was last tried."""
    run("documents_scanned_again.sql")
