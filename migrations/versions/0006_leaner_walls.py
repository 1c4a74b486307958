"""The walls of dossiers, clocks and queues, with less to plan and to start at each act."""

from migrations.scripts import run

revision = "0006_leaner_walls"
down_revision = "0005_counter"


def upgrade() -> None:
    """Replace policies and functions; no row changes."""
    run("register_leaner_walls.sql")
