"""Documents, and who sees them."""

from migrations.scripts import run

revision = "0003_documents"
down_revision = "0002_identity"


def upgrade() -> None:
    """Make the table, then its walls."""
    run("documents_tables.sql", "documents_walls.sql")
