"""An implied decision bears the last day of its delay: the clocks written before say so too.

Revision ID: 0029_implied_decision_days
Revises: 0028_operator_role
"""

from migrations.scripts import run

revision = "0029_implied_decision_days"
down_revision = "0028_operator_role"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """`born` becomes `expires` in every ledger; the instants at which silence takes effect stay as they are."""
    run("implied_decision_days.sql")
