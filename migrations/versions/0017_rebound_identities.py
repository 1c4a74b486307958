"""Who proves that they are the person of an account binds it to the identity that they have today."""

from migrations.scripts import run

revision = "0017_rebound_identities"
down_revision = "0016_codes_sent_twice"


def upgrade() -> None:
    """Add the function that binds again."""
    run("rebound_identities.sql")
