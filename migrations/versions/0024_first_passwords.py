"""First passwords are changed by their owners; functions pin where they look."""

from migrations.scripts import run

revision = "0024_first_passwords"
down_revision = "0023_late_queues"


def upgrade() -> None:
    """Add the column, and pin the functions."""
    run("first_passwords.sql")
