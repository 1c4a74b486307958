"""Mandates: a resident lets a mediator's organisation act for them."""

from sqlalchemy import ARRAY, CheckConstraint, Column, Index, LargeBinary, Table, Text, Uuid

from storage.tables import metadata
from storage.tables.columns import INSTANT, created

mandate = Table(
    "mandate",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("organisation", Uuid, nullable=False),
    Column("resident", Uuid, nullable=False),
    Column("resident_sealed", LargeBinary, nullable=False, comment="The person's name, sealed by the master key."),
    Column("mediator", Uuid, nullable=False, comment="The person who recorded the consent."),
    Column("procedures", ARRAY(Text), nullable=False),
    Column("starts", INSTANT, nullable=False, comment="Legal time, like every instant of a mandate."),
    Column("ends", INSTANT, nullable=False),
    Column("duration", Text, nullable=False),
    Column("consent", Text),
    Column("consented_at", INSTANT),
    Column("revoked_at", INSTANT),
    Column("revoked_by", Text),
    created(),
    Column("told", Text, comment="How the person was told of it: email, hand; refused when their address was."),
    CheckConstraint("told IN ('email', 'hand', 'refused')", name="told"),
    CheckConstraint("starts < ends", name="lasts"),
    CheckConstraint("cardinality(procedures) > 0", name="scoped"),
    Index("ix_mandate_organisation", "organisation", "ends", "id"),
    Index("ix_mandate_resident", "resident", "ends", "id"),
)
