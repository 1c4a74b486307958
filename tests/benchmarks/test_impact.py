"""The measure of impact, on few rows: what it fills is read back, and nothing of it stays."""

from __future__ import annotations

import psycopg

from benchmarks.impact import KINDS, as_documents, paces
from storage.engine.settings import Settings


def test_every_row_is_looked_at_and_none_is_left(settings: Settings) -> None:
    found = paces(settings, rows=700)

    assert [pace.rows for pace in found] == [700] * len(KINDS)
    assert all(pace.rate > 0 and "impact" in pace.row() for pace in found)
    assert [document["rows"] for document in as_documents(found)] == [700] * len(KINDS)
    with psycopg.connect(settings.database_url) as owner:
        owner.execute("SET row_security = off")
        left = owner.execute("SELECT count(*) FROM dossier WHERE procedure LIKE 'mesure-%'").fetchone()
    assert left == (0,)
