"""What is not filed yet, and what was already answered: drafts, idempotent answers."""

from sqlalchemy import Column, Index, Integer, LargeBinary, PrimaryKeyConstraint, Table, Text, Uuid

from storage.tables import metadata
from storage.tables.columns import INSTANT, REAL_NOW, created

draft = Table(
    "draft",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("procedure", Text, nullable=False),
    Column("form_version", Integer, nullable=False, comment="Kept: publication of another does not change a draft."),
    Column("resident", Uuid),
    Column("organisation", Uuid),
    Column("mandate", Uuid),
    Column("system", Uuid, comment="The system that prepares a deposit."),
    Column("version", Integer, nullable=False),
    Column("content", LargeBinary, nullable=False, comment="The answers so far, sealed."),
    created(),
    Column("updated_at", INSTANT, nullable=False, server_default=REAL_NOW),
    Index("ix_draft_resident", "resident", "updated_at", "id"),
    Index("ix_draft_mandate", "mandate", "updated_at", "id"),
)

idempotency = Table(
    "idempotency",
    metadata,
    Column("actor", Uuid, nullable=False),
    Column("route", Text, nullable=False),
    Column("key", Text, nullable=False),
    Column("request", LargeBinary, nullable=False, comment="HMAC of the request's body."),
    Column("status", Integer, nullable=False),
    Column("body", LargeBinary, nullable=False, comment="The answer, sealed."),
    Column("dossier", Uuid, index=True, comment="A purge deletes the answers that speak of it."),
    created(),
    PrimaryKeyConstraint("actor", "route", "key"),
)
