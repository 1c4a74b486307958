"""Whose account an OpenID Connect identity opens: bound once the person has proven that both are theirs."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, LargeBinary, Table, Text, UniqueConstraint

from storage.tables import metadata
from storage.tables.columns import created

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
