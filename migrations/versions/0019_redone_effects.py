"""An agent has what the machine gave up done again."""

from migrations.scripts import run

revision = "0019_redone_effects"
down_revision = "0018_corrected_filings"


def upgrade() -> None:
    """Let the application set a failed effect pending."""
    run("redone_effects.sql")
