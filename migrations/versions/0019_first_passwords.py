"""First passwords are changed by their owners; functions pin where they look.

Revision ID: 0019_first_passwords
Revises: 0018_corrected_filings
"""

from __future__ import annotations

from migrations.scripts import run

revision = "0019_first_passwords"
down_revision = "0018_corrected_filings"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column, and pin the functions."""
    run("first_passwords.sql")
