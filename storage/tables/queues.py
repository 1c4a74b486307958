"""What agents' lists are made of: the few facts that stand in clear, and the tokens by which search finds a dossier."""

from sqlalchemy import Boolean, Column, Index, Integer, LargeBinary, Table, Text, Uuid
from sqlalchemy.dialects.postgresql import JSONB

from storage.tables import metadata
from storage.tables.columns import INSTANT, of_dossier

queue_row = Table(
    "queue_row",
    metadata,
    of_dossier(primary_key=True),
    Column("reference", Text, nullable=False),
    Column("procedure", Text, nullable=False),
    Column("office", Text, nullable=False),
    Column("commune", Text),
    Column("epci", Text),
    Column("status", Text, nullable=False),
    Column("closed", Boolean, nullable=False),
    Column("filed_at", INSTANT, nullable=False),
    Column("due_at", INSTANT, nullable=False, comment="`infinity` when nothing is due and the office not awaited."),
    Column("agent", Uuid),
    Column("fields", JSONB, nullable=False, comment="The plan's queue fields and nothing more."),
    Column("seq", Integer, nullable=False),
    Index("ix_queue_row_due", "procedure", "closed", "due_at", "dossier"),
    Index("ix_queue_row_filed", "procedure", "closed", "filed_at", "dossier"),
    Index("ix_queue_row_agent", "agent", "closed", "due_at", "dossier"),
    Index("ix_queue_row_reference", "reference"),
)

search_token = Table(
    "search_token",
    metadata,
    of_dossier(primary_key=True),
    Column("token", LargeBinary, primary_key=True, comment="HMAC of a normalised stem, 16 bytes."),
    Column("procedure", Text, nullable=False),
    Index("ix_search_token", "token", "procedure", "dossier"),
)
