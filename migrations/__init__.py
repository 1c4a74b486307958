"""The schema's history: Alembic migrations of the main database, the roles, and the keys' own database."""
