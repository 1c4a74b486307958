"""First passwords are changed by their owners; functions pin where they look.

Revision ID: 0017_first_passwords
Revises: 0016_codes_sent_twice
"""

from __future__ import annotations

from migrations.scripts import run

revision = "0017_first_passwords"
down_revision = "0016_codes_sent_twice"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column, and pin the functions."""
    run("first_passwords.sql")
