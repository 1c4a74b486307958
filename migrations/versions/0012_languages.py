"""The language of a resident's e-mails."""

from migrations.scripts import run

revision = "0012_languages"
down_revision = "0011_identities"


def upgrade() -> None:
    """Add the column, and who may write and read it."""
    run("languages.sql")
