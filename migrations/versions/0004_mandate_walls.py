"""Who sees and revokes a mandate; the two branches of 0002 joined."""

from migrations.scripts import run

revision = "0004_mandate_walls"
down_revision = ("0003_documents", "0002_workers")


def upgrade() -> None:
    """Raise the walls of the table made by 0001."""
    run("mandates_walls.sql")
