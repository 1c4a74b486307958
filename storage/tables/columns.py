"""Column types and shapes that several tables share."""

from typing import Any

from sqlalchemy import Column, DateTime, ForeignKey, Uuid, func

INSTANT: DateTime = DateTime(timezone=True)
REAL_NOW = func.clock_timestamp()


def created() -> Column[Any]:
    """When the row was written, on the real clock."""
    return Column("created_at", INSTANT, nullable=False, server_default=REAL_NOW)


def of_dossier(*, primary_key: bool = False) -> Column[Any]:
    """The dossier that the row belongs to; row-level security follows it."""
    return Column("dossier", Uuid, ForeignKey("dossier.id"), primary_key=primary_key, nullable=False)
