"""Pages that answer forms, kept an hour."""

from migrations.scripts import run

revision = "0026_kept_pages"
down_revision = "0025_documents_scanned_again"


def upgrade() -> None:
    """Add the table, and who may read it."""
    run("kept_pages.sql")
