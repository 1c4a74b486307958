"""The date of a filing entered by hand may be corrected."""

from migrations.scripts import run

revision = "0018_corrected_filings"
down_revision = "0017_rebound_identities"


def upgrade() -> None:
    """Let the register date a filing anew."""
    run("corrected_filings.sql")
