"""Readers by their names; deposits of systems prepared like drafts."""

from migrations.scripts import run

revision = "0005_counter"
down_revision = "0004_mandate_walls"


def upgrade() -> None:
    """Make the function, add the column and its wall."""
    run("counter_functions.sql")
