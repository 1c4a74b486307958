"""Who bore a session that has just ended by itself."""

from migrations.scripts import run

revision = "0013_ended_sessions"
down_revision = "0012_languages"


def upgrade() -> None:
    """Add the function that the pages ask when a file comes too late."""
    run("ended_sessions.sql")
