"""What follows an entry outside the register, and what moved: effects, outbox, incidents, e-mails, letters."""

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    Identity,
    Index,
    Integer,
    LargeBinary,
    SmallInteger,
    Table,
    Text,
    UniqueConstraint,
    Uuid,
)
from sqlalchemy.dialects.postgresql import JSONB

from storage.tables import metadata
from storage.tables.columns import INSTANT, created, of_dossier

effect = Table(
    "effect",
    metadata,
    of_dossier(primary_key=True),
    Column("seq", Integer, primary_key=True, autoincrement=False),
    Column("kind", Text, primary_key=True),
    Column("step", Text, nullable=False),
    Column("position", SmallInteger, nullable=False, comment="Order among the effects of the entry."),
    Column("status", Text, nullable=False, server_default="pending"),
    Column("attempts", Integer, nullable=False, server_default="0"),
    Column("not_before", INSTANT, comment="On the real clock."),
    Column("last_error_code", Text),
    Column("done_at", INSTANT, comment="On the real clock."),
    CheckConstraint("status IN ('pending', 'done', 'failed', 'superseded')", name="status"),
    Index("ix_effect_pending", "dossier", "seq", "position", postgresql_where="status = 'pending'"),
)

outbox = Table(
    "outbox",
    metadata,
    Column("id", BigInteger, Identity(always=True), primary_key=True),
    Column("kind", Text, nullable=False, comment="Of the workflow to signal: dossier, notice, mandate, webhook…"),
    Column("subject", Text, nullable=False, comment="What follows `<kind>/` in its identifier."),
    Column("payload", JSONB, nullable=False, server_default="{}", comment="Identifiers and codes only."),
    created(),
    Column("claimed_until", INSTANT),
    Column("attempts", Integer, nullable=False, server_default="0"),
    Column("sent_at", INSTANT),
    Index("ix_outbox_unsent", "id", postgresql_where="sent_at IS NULL"),
)

incident = Table(
    "incident",
    metadata,
    Column("id", Uuid, primary_key=True),
    of_dossier(),
    Column("seq", Integer, nullable=False),
    Column("kind", Text, nullable=False, comment="The effect that failed, or what happened."),
    Column("code", Text, nullable=False, comment="Why, as a stable code; never a message."),
    Column("about_sealed", LargeBinary),
    Column("opened_at", INSTANT, nullable=False),
    Column("closed_at", INSTANT),
    Column("closed_by", Uuid),
    UniqueConstraint("dossier", "seq", "kind"),
)

mailing = Table(
    "mailing",
    metadata,
    of_dossier(primary_key=True),
    Column("seq", Integer, primary_key=True, autoincrement=False),
    Column("kind", Text, primary_key=True, comment="The effect or the reminder that it tells of."),
    Column("account", Uuid, primary_key=True),
    Column("status", Text, nullable=False),
    Column("at", INSTANT, nullable=False, comment="On the real clock."),
    CheckConstraint("status IN ('accepted', 'refused')", name="status"),
    Index("ix_mailing_refused", "account", postgresql_where="status = 'refused'"),
)

letter = Table(
    "letter",
    metadata,
    Column("id", Uuid, primary_key=True),
    of_dossier(),
    Column("seq", Integer, nullable=False),
    Column("kind", Text, nullable=False),
    Column("object_key", Text, nullable=False),
    Column("locked", Boolean, nullable=False, comment="In the object-locked bucket."),
    Column("size", Integer, nullable=False, comment="Of the PDF, in bytes."),
    Column("digest", LargeBinary, nullable=False, comment="HMAC of the PDF under the dossier's key."),
    Column("template", LargeBinary, nullable=False, comment="Hash of the published text it was made from."),
    Column("made_at", INSTANT, nullable=False, comment="Legal time."),
    UniqueConstraint("dossier", "seq", "kind"),
)
