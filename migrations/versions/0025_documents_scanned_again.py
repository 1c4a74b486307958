"""Documents kept without a scan, scanned once there is an antivirus.

Revision ID: 0025_documents_scanned_again
Revises: 0024_first_passwords
"""

from __future__ import annotations

from migrations.scripts import run

revision = "0025_documents_scanned_again"
down_revision = "0024_first_passwords"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add when a scan was last tried."""
    run("documents_scanned_again.sql")
