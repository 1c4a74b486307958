"""The keys' own database: one wrapped key per dossier, and nothing else. Its backups last 30 days at most."""

from sqlalchemy import Column, LargeBinary, MetaData, Table, Uuid

from storage.tables.columns import INSTANT, created

keys_metadata = MetaData()

dossier_key = Table(
    "dossier_key",
    keys_metadata,
    Column("dossier", Uuid, primary_key=True),
    Column("wrapped", LargeBinary, comment="Sealed by the master key; null once destroyed."),
    created(),
    Column("destroyed_at", INSTANT),
)
