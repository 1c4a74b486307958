"""First passwords are changed by their owners; functions pin where they look.

Revision ID: 0024_first_passwords
Revises: 0023_late_queues
"""

from __future__ import annotations

from migrations.scripts import run

revision = "0024_first_passwords"
down_revision = "0023_late_queues"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column, and pin the functions."""
    run("first_passwords.sql")
