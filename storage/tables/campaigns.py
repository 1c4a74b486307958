"""Campaigns, and the public rows of what was granted."""

from sqlalchemy import ARRAY, CheckConstraint, Column, Date, Index, Integer, Numeric, Table, Text, Uuid
from sqlalchemy.dialects.postgresql import JSONB

from storage.tables import metadata
from storage.tables.columns import INSTANT, created, of_dossier

campaign = Table(
    "campaign",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("procedure", Text, nullable=False),
    Column("title", Text, nullable=False),
    Column("opens", INSTANT, nullable=False, comment="Legal time, like every instant of a campaign."),
    Column("closes", INSTANT, nullable=False),
    Column("session", Date, nullable=False, comment="The civil day planned for the vote."),
    Column("budget", Numeric(14, 2), nullable=False),
    Column(
        "told",
        ARRAY(Text),
        nullable=False,
        server_default="{}",
        comment="What its agents were told of: written by the worker alone.",
    ),
    Column("created_by", Uuid, comment="The agent; null for the operator."),
    created(),
    CheckConstraint("opens < closes", name="lasts"),
    CheckConstraint("budget >= 0", name="budget"),
    Index("ix_campaign_procedure", "procedure", "opens"),
)

granted_row = Table(
    "granted_row",
    metadata,
    of_dossier(primary_key=True),
    Column("reference", Text, nullable=False),
    Column("procedure", Text, nullable=False),
    Column("convention_on", Date, nullable=False),
    Column("columns", JSONB, nullable=False, comment="The columns of the published table but those of who grants."),
    Column("seq", Integer, nullable=False, comment="The entry of the journal that it was made as of."),
    Index("ix_granted_row_convention_on", "convention_on", "reference"),
)
