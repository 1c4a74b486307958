"""A purge leaves neither letters nor incidents; a grant that is withdrawn is published no more.

Revision ID: 0022_purge_remains
Revises: 0021_consented_mandates
"""

from __future__ import annotations

from migrations.scripts import run

revision = "0022_purge_remains"
down_revision = "0021_consented_mandates"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Let the worker delete them."""
    run("purge_remains.sql")
