"""What Alembic runs: every migration that is due, in the transaction it is given."""

from alembic import context

from migrations.tables import every_table

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=every_table(),
    compare_type=True,
    transaction_per_migration=False,
)
context.run_migrations()
