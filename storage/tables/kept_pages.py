"""Pages that answered a form, kept an hour for Back, a reload, another language."""

from __future__ import annotations

from sqlalchemy import Column, LargeBinary, Table, Uuid

from storage.tables import metadata
from storage.tables.columns import INSTANT

kept_page = Table(
    "kept_page",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("sealed", LargeBinary, nullable=False),
    Column("expires_at", INSTANT, nullable=False, index=True),
)
