"""A dossier may follow another version of its procedure than the one of its filing."""

from migrations.scripts import run

revision = "0009_migrated_dossiers"
down_revision = "0008_followed_lists"


def upgrade() -> None:
    """Add a column, and let the application write it."""
    run("migrated_dossiers.sql")
