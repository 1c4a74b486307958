"""First passwords are changed by their owners; functions pin where they look.

Revision ID: 0022_first_passwords
Revises: 0020_late_queues, 0021_consented_mandates
"""

from __future__ import annotations

from migrations.scripts import run

revision = "0022_first_passwords"
down_revision = ("0020_late_queues", "0021_consented_mandates")
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column, and pin the functions."""
    run("first_passwords.sql")
