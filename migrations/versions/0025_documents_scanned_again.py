"""Documents kept without a scan, scanned once there is an antivirus."""

from migrations.scripts import run

revision = "0025_documents_scanned_again"
down_revision = "0024_first_passwords"


def upgrade() -> None:
    """Add when a scan was last tried."""
    run("documents_scanned_again.sql")
