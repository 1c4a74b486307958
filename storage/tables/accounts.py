"""Accounts, sessions, one-time codes, groups, organisations, systems and what administrators did.

E-mail addresses and names are sealed by the master key and found by fingerprint; secrets are kept as digests.
All instants here are on the real clock (`clock_timestamp()`), never the legal one.
"""

from __future__ import annotations

from sqlalchemy import (
    ARRAY,
    BigInteger,
    CheckConstraint,
    Column,
    DateTime,
    ForeignKey,
    Identity,
    Index,
    Integer,
    LargeBinary,
    Table,
    Text,
    UniqueConstraint,
    Uuid,
    func,
)
from sqlalchemy.dialects.postgresql import JSONB

from storage.tables import metadata

INSTANT = DateTime(timezone=True)
NOW = func.clock_timestamp()


def _created() -> Column[object]:
    return Column("created_at", INSTANT, nullable=False, server_default=NOW)


organisation = Table(
    "organisation",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("name", Text, nullable=False),
    Column("siret", Text, nullable=True, unique=True),
    _created(),
    Column("disabled_at", INSTANT),
    comment="A body whose mediators file for residents under mandates.",
)

account = Table(
    "account",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("audience", Text, nullable=False),
    Column("email_hash", LargeBinary, nullable=False),
    Column("email_sealed", LargeBinary, nullable=False),
    Column("name_sealed", LargeBinary),
    Column("password_hash", Text),
    Column("totp_sealed", LargeBinary),
    Column("totp_last_step", BigInteger, comment="Last 30-second step spent: a code serves once."),
    Column("organisation", ForeignKey("organisation.id"), index=True),
    _created(),
    Column("disabled_at", INSTANT),
    CheckConstraint("audience IN ('resident', 'agent', 'mediator', 'administrator')", name="audience"),
    CheckConstraint("(organisation IS NOT NULL) <= (audience = 'mediator')", name="mediators_belong"),
    UniqueConstraint("audience", "email_hash"),
)

session = Table(
    "session",
    metadata,
    Column("token_hash", LargeBinary, primary_key=True, comment="SHA-256 of the opaque token."),
    Column("id", Uuid, nullable=False, unique=True, comment="What lists show; opens nothing."),
    Column("account", ForeignKey("account.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("device", Text, nullable=False, server_default=""),
    _created(),
    Column("seen_at", INSTANT, nullable=False, server_default=NOW),
    Column("idle_seconds", Integer, nullable=False),
    Column("expires_at", INSTANT, nullable=False),
)

sign_in_code = Table(
    "sign_in_code",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("email_hash", LargeBinary, nullable=False),
    Column("email_sealed", LargeBinary, nullable=False),
    Column("code_hash", LargeBinary, nullable=False),
    Column("tries", Integer, nullable=False, server_default="0"),
    _created(),
    Column("expires_at", INSTANT, nullable=False, index=True),
    comment="A code sent to a resident; the row goes when it is spent.",
)

agent_group = Table(
    "agent_group",
    metadata,
    Column("slug", Text, primary_key=True),
    Column("title", Text, nullable=False),
    _created(),
)

group_procedure = Table(
    "group_procedure",
    metadata,
    Column("group_slug", ForeignKey("agent_group.slug", ondelete="CASCADE"), primary_key=True),
    Column("procedure", Text, primary_key=True),
)

group_member = Table(
    "group_member",
    metadata,
    Column("account", ForeignKey("account.id", ondelete="CASCADE"), primary_key=True),
    Column("group_slug", ForeignKey("agent_group.slug", ondelete="CASCADE"), primary_key=True, index=True),
    Column("role", Text, nullable=False),
    _created(),
    CheckConstraint("role IN ('reader', 'instructor', 'signatory')", name="role"),
)

external_system = Table(
    "external_system",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("name", Text, nullable=False, unique=True),
    _created(),
    Column("disabled_at", INSTANT),
)

system_token = Table(
    "system_token",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("system", ForeignKey("external_system.id"), nullable=False, index=True),
    Column("token_hash", LargeBinary, nullable=False, unique=True),
    Column("scopes", ARRAY(Text), nullable=False, comment="<procedure>:<verb>"),
    _created(),
    Column("expires_at", INSTANT, nullable=False),
    Column("revoked_at", INSTANT),
    Column("last_used_at", INSTANT),
    CheckConstraint("cardinality(scopes) > 0", name="scoped"),
)

rate_limit = Table(
    "rate_limit",
    metadata,
    Column("bucket", LargeBinary, primary_key=True, comment="HMAC of the limit's name and of whom it counts."),
    Column("full_until", INSTANT, nullable=False, comment="When the bucket will be empty again (GCRA)."),
)

admin_log = Table(
    "admin_log",
    metadata,
    Column("seq", BigInteger, Identity(always=True), primary_key=True),
    Column("at", INSTANT, nullable=False, server_default=NOW),
    Column("actor", Uuid, comment="The administrator; null: the operator, by the command line."),
    Column("action", Text, nullable=False),
    Column("target", Text, nullable=False),
    Column("detail", JSONB, nullable=False, server_default="{}", comment="Codes and ids, never personal data."),
    Index("ix_admin_log_target", "target", "seq"),
    comment="Append-only: the database refuses UPDATE, DELETE and TRUNCATE.",
)
