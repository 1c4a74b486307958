"""Lists that pass over nothing being written; webhooks only to who may still be told."""

from migrations.scripts import run

revision = "0008_followed_lists"
down_revision = "0007_queue_walls"


def upgrade() -> None:
    """Make three functions."""
    run("listing_functions.sql", "webhook_rights.sql")
