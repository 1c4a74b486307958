"""Administrators unbind OpenID Connect identities."""

from migrations.scripts import run

revision = "0014_unbound_identities"
down_revision = "0013_ended_sessions"


def upgrade() -> None:
    """Add who may."""
    run("unbound_identities.sql")
