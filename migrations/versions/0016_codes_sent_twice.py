"""Codes sent twice, or older than the page that asks for them."""

from migrations.scripts import run

revision = "0016_codes_sent_twice"
down_revision = "0015_swept_sessions"


def upgrade() -> None:
    """Add by what a code's address is found, and to which browser it has served."""
    run("codes_sent_twice.sql")
