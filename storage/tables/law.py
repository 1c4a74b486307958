"""The legal clock of this database, and the published texts by which acts were done."""

from sqlalchemy import CheckConstraint, Column, Interval, LargeBinary, SmallInteger, Table, Text

from storage.tables import metadata
from storage.tables.columns import INSTANT, created

legal_clock = Table(
    "legal_clock",
    metadata,
    Column("one", SmallInteger, primary_key=True, autoincrement=False),
    Column("mode", Text, nullable=False),
    Column("ahead", Interval, nullable=False, comment="Added to the real clock in mode `offset`."),
    Column("fixed_at", INSTANT, comment="The time, in mode `fixed`."),
    CheckConstraint("one = 1", name="one"),
    CheckConstraint("mode IN ('runs', 'offset', 'fixed')", name="mode"),
    CheckConstraint("(mode = 'fixed') = (fixed_at IS NOT NULL)", name="fixed"),
)

published = Table(
    "published",
    metadata,
    Column("sha256", LargeBinary, primary_key=True, comment="SHA-256 of `body`."),
    Column("kind", Text, nullable=False, comment="letter, rules, parameters, form…"),
    Column("name", Text, nullable=False),
    Column("body", LargeBinary, nullable=False),
    created(),
    comment="Append-only: what an act rested on can always be read again.",
)
