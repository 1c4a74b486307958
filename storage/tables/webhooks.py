"""Where systems are told of moves, and each telling."""

from sqlalchemy import (
    ARRAY,
    CheckConstraint,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    Table,
    Text,
    UniqueConstraint,
    Uuid,
)

from storage.tables import metadata
from storage.tables.columns import INSTANT, created, of_dossier

webhook_endpoint = Table(
    "webhook_endpoint",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("system", Uuid, nullable=False, index=True),
    Column("url", Text, nullable=False),
    Column("procedures", ARRAY(Text), nullable=False, comment="Of which moves are told; `*` for all."),
    Column("secret", LargeBinary, nullable=False, comment="The signing secret, sealed by the master key."),
    created(),
    Column("disabled_at", INSTANT),
)

webhook_delivery = Table(
    "webhook_delivery",
    metadata,
    Column("id", Uuid, primary_key=True, comment="Also the webhook-id that the receiver sees."),
    Column("endpoint", ForeignKey("webhook_endpoint.id"), nullable=False),
    of_dossier(),
    Column("seq", Integer, nullable=False),
    Column("status", Text, nullable=False, server_default="pending"),
    Column("attempts", Integer, nullable=False, server_default="0"),
    Column("last_code", Text, comment="The HTTP status or the kind of failure, never a message."),
    created(),
    Column("delivered_at", INSTANT),
    CheckConstraint("status IN ('pending', 'delivered', 'failed')", name="status"),
    UniqueConstraint("endpoint", "dossier", "seq"),
    Index("ix_webhook_delivery_pending", "id", postgresql_where="status = 'pending'"),
)
