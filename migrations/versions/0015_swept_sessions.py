"""Sessions that ended are kept an hour, no longer."""

from migrations.scripts import run

revision = "0015_swept_sessions"
down_revision = "0014_unbound_identities"


def upgrade() -> None:
    """Add the function that each sign-in calls."""
    run("swept_sessions.sql")
