"""Campaigns, and the public rows of what was granted."""

from migrations.scripts import run

revision = "0010_campaigns"
down_revision = "0009_migrated_dossiers"


def upgrade() -> None:
    """Make the tables, then their walls."""
    run("campaigns.sql", "granted_rows.sql")
