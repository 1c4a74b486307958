"""Queues begin by what the office is awaited for: the rows written before learn it."""

from migrations.scripts import run

revision = "0023_late_queues"
down_revision = "0022_purge_remains"


def upgrade() -> None:
    """What is signed and not notified, or only provisional, comes first."""
    run("late_queues.sql")
