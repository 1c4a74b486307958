"""A purge leaves neither letters nor incidents; a grant that is withdrawn is published no more."""

from migrations.scripts import run

revision = "0022_purge_remains"
down_revision = "0021_consented_mandates"


def upgrade() -> None:
    """Let the worker delete them."""
    run("purge_remains.sql")
