"""Accounts and their identities, sessions, one-time codes, groups, organisations, systems, what administrators did.

E-mail addresses and names are sealed by the master key and found by fingerprint; secrets are kept as digests.
All instants here are on the real clock (`clock_timestamp()`), never the legal one.
"""

from sqlalchemy import (
    ARRAY,
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    ForeignKey,
    Identity,
    Index,
    Integer,
    LargeBinary,
    Table,
    Text,
    UniqueConstraint,
    Uuid,
)
from sqlalchemy.dialects.postgresql import JSONB

from storage.tables import metadata
from storage.tables.columns import INSTANT, REAL_NOW, created

organisation = Table(
    "organisation",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("name", Text, nullable=False),
    Column("siret", Text, nullable=True, unique=True),
    created(),
    Column("disabled_at", INSTANT),
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
    # Somebody else chose it or saw it: it serves to choose another, and for nothing else.
    Column("password_to_change", Boolean, nullable=False, server_default="false"),
    Column("totp_sealed", LargeBinary),
    # The last 30-second step spent: a code serves once.
    Column("totp_last_step", BigInteger),
    Column("organisation", ForeignKey("organisation.id"), index=True),
    created(),
    Column("disabled_at", INSTANT),
    # Of the page by which a resident signed in last; none before.
    Column("language", Text),
    CheckConstraint("audience IN ('resident', 'agent', 'mediator', 'administrator')", name="audience"),
    CheckConstraint("(organisation IS NOT NULL) <= (audience = 'mediator')", name="mediators_belong"),
    CheckConstraint("language IN ('fr', 'br', 'en')", name="language"),
    UniqueConstraint("audience", "email_hash"),
)

session = Table(
    "session",
    metadata,
    # SHA-256 of the opaque token; `id` is what lists show, and opens nothing.
    Column("token_hash", LargeBinary, primary_key=True),
    Column("id", Uuid, nullable=False, unique=True),
    Column("account", ForeignKey("account.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("device", Text, nullable=False, server_default=""),
    created(),
    Column("seen_at", INSTANT, nullable=False, server_default=REAL_NOW),
    Column("idle_seconds", Integer, nullable=False),
    Column("expires_at", INSTANT, nullable=False),
    # Of a session opened through OpenID Connect: by which provider, and what signing out there asks for.
    Column("provider", Text),
    Column("id_token_sealed", LargeBinary),
)

sign_in_code = Table(
    "sign_in_code",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("email_sealed", LargeBinary, nullable=False),
    Column("code_hash", LargeBinary, nullable=False),
    Column("tries", Integer, nullable=False, server_default="0"),
    created(),
    Column("expires_at", INSTANT, nullable=False, index=True),
    # Fingerprints: of the address, by which its other codes are found; of the browser that the code has served.
    Column("email_hash", LargeBinary, index=True),
    Column("served_to", LargeBinary),
)

agent_group = Table(
    "agent_group",
    metadata,
    Column("slug", Text, primary_key=True),
    Column("title", Text, nullable=False),
    created(),
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
    created(),
    CheckConstraint("role IN ('reader', 'instructor', 'signatory')", name="role"),
)

external_system = Table(
    "external_system",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("name", Text, nullable=False, unique=True),
    created(),
    Column("disabled_at", INSTANT),
)

system_token = Table(
    "system_token",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("system", ForeignKey("external_system.id"), nullable=False, index=True),
    Column("token_hash", LargeBinary, nullable=False, unique=True),
    # Each one `<procedure>:<verb>`.
    Column("scopes", ARRAY(Text), nullable=False),
    created(),
    Column("expires_at", INSTANT, nullable=False),
    Column("revoked_at", INSTANT),
    Column("last_used_at", INSTANT),
    CheckConstraint("cardinality(scopes) > 0", name="scoped"),
)

rate_limit = Table(
    "rate_limit",
    metadata,
    # HMAC of the limit's name and of whom it counts; when the bucket will be empty again (GCRA).
    Column("bucket", LargeBinary, primary_key=True),
    Column("full_until", INSTANT, nullable=False, index=True),
)

admin_log = Table(
    "admin_log",
    metadata,
    Column("seq", BigInteger, Identity(always=True), primary_key=True),
    Column("at", INSTANT, nullable=False, server_default=REAL_NOW),
    # The administrator; null: the operator, by the command line.
    Column("actor", Uuid),
    Column("action", Text, nullable=False),
    Column("target", Text, nullable=False),
    # Codes and identifiers, never personal data.
    Column("detail", JSONB, nullable=False, server_default="{}"),
    Index("ix_admin_log_target", "target", "seq"),
)

# Whose account an OpenID Connect identity opens: bound once the person has proven that both are theirs.
account_identity = Table(
    "account_identity",
    metadata,
    Column("audience", Text, primary_key=True),
    Column("issuer", Text, primary_key=True),
    Column("subject_hash", LargeBinary, primary_key=True, comment="HMAC of the provider's `sub`."),
    Column("account", ForeignKey("account.id", ondelete="CASCADE"), nullable=False),
    created(),
    # Two people of one provider never share an account, were they to share an e-mail address.
    UniqueConstraint("account", "issuer"),
)

# Pages that answered a form, kept an hour for Back, a reload, another language.
kept_page = Table(
    "kept_page",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("sealed", LargeBinary, nullable=False),
    Column("expires_at", INSTANT, nullable=False, index=True),
)
