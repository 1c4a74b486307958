"""Documents people send: where each one's ciphertext is, and how far it has gone. Names and types are sealed."""

from sqlalchemy import CheckConstraint, Column, Index, Integer, LargeBinary, Table, Text, UniqueConstraint, Uuid

from storage.tables import metadata
from storage.tables.columns import INSTANT, created

STATUSES = ("receiving", "waiting", "clean", "not_scanned", "refused", "infected", "deleted", "lost")

document = Table(
    "document",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("dossier", Uuid, nullable=False, comment="A dossier, or the draft that becomes it under the same id."),
    Column("piece", Text, nullable=False, server_default="free", comment="Key of the piece it answers, or `free`."),
    Column("status", Text, nullable=False, server_default="receiving"),
    Column("reason", Text, comment="Why it was refused: a code."),
    Column("facts", LargeBinary, comment="Name, type, size, digest, flags: sealed under the dossier's key."),
    Column("quarantine", Text, unique=True, comment="Key of an object that may exist and nobody reads."),
    Column("vault", Text, unique=True, comment="Key of the object that is read."),
    Column("actor_kind", Text, nullable=False),
    Column("actor", Uuid),
    Column("mandate", Uuid),
    Column("idempotency_key", Text),
    Column("claimed_until", INSTANT, comment="Somebody is receiving or scanning it until then (real clock)."),
    Column("attempts", Integer, nullable=False, server_default="0", comment="Of scanning it."),
    created(),
    Column("settled_at", INSTANT, comment="When its status became the present one (real clock)."),
    Column("checked_at", INSTANT, comment="When its object was last seen in the vault (real clock)."),
    Column("scan_tried_at", INSTANT, comment="When a scan last ended without a verdict (real clock)."),
    CheckConstraint("status IN ('" + "', '".join(STATUSES) + "')", name="status"),
    CheckConstraint("status NOT IN ('clean', 'not_scanned') OR vault IS NOT NULL", name="read_from_vault"),
    UniqueConstraint("dossier", "actor", "idempotency_key"),
    Index("ix_document_dossier", "dossier", "created_at", "id"),
    Index("ix_document_unsettled", "created_at", postgresql_where="quarantine IS NOT NULL"),
    Index("ix_document_not_scanned", "scan_tried_at", postgresql_where="status = 'not_scanned'"),
    Index("ix_document_checked", "checked_at", postgresql_where="vault IS NOT NULL"),
    comment="A row is written before its object and outlives it: neither can be lost without the other knowing.",
)
