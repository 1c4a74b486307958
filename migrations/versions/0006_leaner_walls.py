"""The walls of dossiers, clocks and queues, with less to plan and to start at each act.

Revision ID: 0006_leaner_walls
Revises: 0005_counter
"""

from __future__ import annotations

from migrations.scripts import run

revision = "0006_leaner_walls"
down_revision = "0005_counter"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Replace policies and functions; no row changes."""
    run("register_leaner_walls.sql")
