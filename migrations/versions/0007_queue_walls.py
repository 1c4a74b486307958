"""The wall of the queues never scans the dossiers."""

from migrations.scripts import run

revision = "0007_queue_walls"
down_revision = "0006_leaner_walls"


def upgrade() -> None:
    """Replace two policies."""
    run("queue_walls.sql")
