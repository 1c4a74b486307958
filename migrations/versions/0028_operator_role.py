"""The operator's commands work as a role of their own, which sees nothing of a dossier.

Revision ID: 0028_operator_role
Revises: 0027_served_roles
"""

from migrations.scripts import run

revision = "0028_operator_role"
down_revision = "0027_served_roles"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the policies and the grants of `guichet_operator`."""
    run("operator_walls.sql")
