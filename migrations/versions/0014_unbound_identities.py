"""Administrators unbind OpenID Connect identities.

Revision ID: 0014_unbound_identities
Revises: 0013_ended_sessions
"""

from __future__ import annotations

from migrations.scripts import run

revision = "0014_unbound_identities"
down_revision = "0013_ended_sessions"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add who may."""
    run("unbound_identities.sql")
