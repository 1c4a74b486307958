"""A dossier: whose it is, how far its journal goes, its state sealed; its plan and its clock beside it, in clear."""

from sqlalchemy import Boolean, Column, ForeignKey, Index, Integer, LargeBinary, Sequence, Table, Text, Uuid
from sqlalchemy.dialects.postgresql import JSONB

from storage.tables import metadata
from storage.tables.columns import INSTANT, created, of_dossier

dossier_number = Sequence("dossier_number", metadata=metadata)

pinned_plan = Table(
    "pinned_plan",
    metadata,
    Column("sha256", LargeBinary, primary_key=True, comment="SHA-256 of `body`."),
    Column("procedure", Text, nullable=False),
    Column("version", Integer, nullable=False),
    Column("body", Text, nullable=False, comment="The plan as JSON; never edited, never deleted."),
    created(),
)

dossier = Table(
    "dossier",
    metadata,
    Column("id", Uuid, primary_key=True, comment="Also the identifier of its draft and of its key."),
    Column("reference", Text, nullable=False, unique=True),
    Column("procedure", Text, nullable=False),
    Column("plan", LargeBinary, ForeignKey("pinned_plan.sha256"), nullable=False, comment="Pinned at filing."),
    Column("resident", Uuid, comment="The account of the person whose request it is."),
    Column("organisation", Uuid),
    Column("mandate", Uuid),
    Column("system", Uuid, comment="The system that deposited it."),
    Column("version", Integer, nullable=False, comment="Number of its journal's entries."),
    Column("acts", Integer, nullable=False, comment="The last entry made by a person or a system."),
    Column("head", LargeBinary, nullable=False, comment="Hash of the journal's last entry."),
    Column("state", LargeBinary, comment="The fold of the journal, sealed; null once purged."),
    Column("filed_at", INSTANT, nullable=False),
    Column("recorded_at", INSTANT, nullable=False, comment="Legal time of the last entry."),
    Column("taken_over_at", INSTANT),
    Column("purged_at", INSTANT),
    Column("purged_ground", Text),
    created(),
    Column("migrated_to", LargeBinary, ForeignKey("pinned_plan.sha256"), comment="The plan it follows since."),
    Index("ix_dossier_resident", "resident", "filed_at", "id"),
    Index("ix_dossier_mandate", "mandate", "filed_at", "id"),
    Index("ix_dossier_system", "system", "recorded_at", "id"),
    Index("ix_dossier_procedure", "procedure", "recorded_at", "id"),
)

clock = Table(
    "clock",
    metadata,
    of_dossier(primary_key=True),
    Column("plan", LargeBinary, ForeignKey("pinned_plan.sha256"), nullable=False),
    Column("seq", Integer, nullable=False),
    Column("step", Text, nullable=False, comment="The first step that is not done; empty when all are."),
    Column("status", Text, nullable=False),
    Column("closed", Boolean, nullable=False),
    Column("ledger", JSONB, nullable=False, comment="The reckoning: started, expires, born, intervals."),
    Column("due_at", INSTANT, comment="When something happens if nobody acts."),
    Column("due_kind", Text),
    Column("due_article", Text),
    Index("ix_clock_due", "due_at", postgresql_where="due_at IS NOT NULL"),
)

carried = Table(
    "carried",
    metadata,
    of_dossier(primary_key=True),
    Column("seq", Integer, nullable=False, comment="The last entry whose consequences the workflow has taken up."),
    Column("at", INSTANT, nullable=False),
    Column("wake_at", INSTANT, comment="When it will look again by itself, on the real clock."),
    Index("ix_carried_wake", "wake_at", postgresql_where="wake_at IS NOT NULL"),
)
