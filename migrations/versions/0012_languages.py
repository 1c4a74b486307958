"""The language of a resident's e-mails.

Revision ID: 0012_languages
Revises: 0011_identities
"""

from __future__ import annotations

from migrations.scripts import run

revision = "0012_languages"
down_revision = "0011_identities"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column, and who may write and read it."""
    run("languages.sql")
