"""Documents kept without a scan, scanned once there is an antivirus.

Revision ID: 0018_documents_scanned_again
Revises: 0017_rebound_identities
"""

from __future__ import annotations

from migrations.scripts import run

revision = "0018_documents_scanned_again"
down_revision = "0017_rebound_identities"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add when a scan was last tried."""
    run("documents_scanned_again.sql")
