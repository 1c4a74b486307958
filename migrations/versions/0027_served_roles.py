"""What serves pages works as its own role alone.

Revision ID: 0027_served_roles
Revises: 0026_kept_pages
"""

from __future__ import annotations

from migrations.scripts import run

revision = "0027_served_roles"
down_revision = "0026_kept_pages"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the view and the functions that serve instead of the worker's role."""
    run("served_roles.sql")
