"""When each workflow will look again by itself."""

from migrations.scripts import run

revision = "0002_workers"
down_revision = "0001"


def upgrade() -> None:
    """Add the column and its index."""
    run("workers_tables.sql")
