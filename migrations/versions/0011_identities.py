"""OpenID Connect identities bound to accounts."""

from migrations.scripts import run

revision = "0011_identities"
down_revision = "0010_campaigns"


def upgrade() -> None:
    """Make the table, what sessions remember, and their walls."""
    run("identities.sql")
