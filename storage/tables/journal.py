"""The journal: what happened, entry by entry, sealed and chained. Nothing in it is ever edited or removed."""

from sqlalchemy import Column, Index, Integer, LargeBinary, SmallInteger, Table, Text, Uuid

from storage.tables import metadata
from storage.tables.columns import INSTANT, of_dossier

journal = Table(
    "journal",
    metadata,
    of_dossier(primary_key=True),
    Column("seq", Integer, primary_key=True, autoincrement=False),
    Column("kind", Text, nullable=False),
    Column("effective", INSTANT, nullable=False, comment="The legal instant of the event."),
    Column("recorded_at", INSTANT, nullable=False, comment="Legal time when it was written down."),
    Column("actor_kind", Text, nullable=False, comment="`law` for what happened by itself."),
    Column("actor_id", Uuid),
    Column("mandate", Uuid),
    Column("command_id", Uuid),
    Column("part", SmallInteger, nullable=False, comment="Rank of the entry within its command."),
    Column("command_digest", LargeBinary, comment="HMAC of the command under the dossier's key."),
    Column("note", Text, comment="In clear: the ground of a purge, and nothing else."),
    Column("body", LargeBinary, comment="The event and the actor's name, sealed; null for a purge."),
    Column("digest", LargeBinary, nullable=False, comment="SHA-256 of `body`."),
    Column("prev_hash", LargeBinary, nullable=False),
    Column("hash", LargeBinary, nullable=False, comment="SHA-256 of the canonical envelope."),
    Index("uq_journal_command", "command_id", "part", unique=True, postgresql_where="command_id IS NOT NULL"),
    Index("ix_journal_recorded", "recorded_at"),
    comment="Append-only: the database refuses UPDATE, DELETE and TRUNCATE.",
)
