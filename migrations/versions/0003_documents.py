"""Documents, and who sees them.

Revision ID: 0003_documents
Revises: 0002_identity
"""

from __future__ import annotations

from migrations.scripts import run

revision = "0003_documents"
down_revision = "0002_identity"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table, then its walls."""
    run("documents_tables.sql", "documents_walls.sql")
