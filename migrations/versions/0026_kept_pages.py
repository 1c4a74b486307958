"""Pages that answer forms, kept an hour.

Revision ID: 0026_kept_pages
Revises: 0025_documents_scanned_again
"""

from __future__ import annotations

from migrations.scripts import run

revision = "0026_kept_pages"
down_revision = "0025_documents_scanned_again"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the table, and who may read it."""
    run("kept_pages.sql")
