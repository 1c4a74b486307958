"""A mandate is in force once its consent is recorded."""

from migrations.scripts import run

revision = "0021_consented_mandates"
down_revision = "0020_mailings"


def upgrade() -> None:
    """Add the columns and the functions."""
    run("consented_mandates.sql")
