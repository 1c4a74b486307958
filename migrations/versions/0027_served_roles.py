"""What serves pages works as its own role alone."""

from migrations.scripts import run

revision = "0027_served_roles"
down_revision = "0026_kept_pages"


def upgrade() -> None:
    """Add the view and the functions that serve instead of the worker's role."""
    run("served_roles.sql")
