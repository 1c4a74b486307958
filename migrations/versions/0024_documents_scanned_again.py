"""Documents kept without a scan, scanned once there is an antivirus.

Revision ID: 0024_documents_scanned_again
Revises: 0023_late_queues
"""

from __future__ import annotations

from migrations.scripts import run

revision = "0024_documents_scanned_again"
down_revision = "0023_late_queues"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add when a scan was last tried."""
    run("documents_scanned_again.sql")
