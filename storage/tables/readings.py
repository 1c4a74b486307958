"""Who read which dossier: append-only, one chain per civil day."""

from sqlalchemy import BigInteger, Column, Date, Index, LargeBinary, Table, Text, Uuid

from storage.tables import metadata
from storage.tables.columns import INSTANT, of_dossier

access_log = Table(
    "access_log",
    metadata,
    Column("day", Date, primary_key=True, comment="Civil day in Paris, on the real clock."),
    Column("seq", BigInteger, primary_key=True, autoincrement=False),
    Column("at", INSTANT, nullable=False, comment="On the real clock."),
    of_dossier(),
    Column("audience", Text, nullable=False),
    Column("actor", Uuid),
    Column("mandate", Uuid),
    Column("what", Text, nullable=False, comment="A code: dossier, document, letter, export…"),
    Column("object", Text, nullable=False, server_default=""),
    Column("prev_hash", LargeBinary, nullable=False),
    Column("hash", LargeBinary, nullable=False),
    Index("ix_access_log_dossier", "dossier", "at"),
    comment="Append-only: the database refuses UPDATE, DELETE and TRUNCATE.",
)

access_head = Table(
    "access_head",
    metadata,
    Column("day", Date, primary_key=True),
    Column("seq", BigInteger, nullable=False),
    Column("hash", LargeBinary, nullable=False),
    comment="The end of each day's chain: what is written next follows it.",
)
