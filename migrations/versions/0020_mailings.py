"""Whom each e-mail reached, and which address an incident is about."""

from migrations.scripts import run

revision = "0020_mailings"
down_revision = "0019_redone_effects"


def upgrade() -> None:
    """Add the table, and the column."""
    run("mailings.sql")
