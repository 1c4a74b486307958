"""`guichet purge` destroys a dossier's key, and deletes its documents: neither row, nor name, nor object remains."""

from __future__ import annotations

import psycopg
import pytest
from psycopg.sql import SQL, Identifier

from catalogue.loader import catalogue
from cli.commands.purge import purged
from domain.filing import File
from storage.engine.settings import Settings
from storage.register import filing
from tests.storage.documents.corpus.making import blank_pdf
from tests.storage.documents.desk import Desk
from tests.storage.filed import once_of, saying

pytest_plugins = ("tests.storage.documents.fixtures",)
NAME = "ordonnance-du-12-mai-rarissime.pdf"


def written(settings: Settings, said: str) -> list[str]:
    """The tables a row of which says it in clear."""
    tables = "SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace"
    says = SQL("SELECT EXISTS (SELECT FROM {table} AS one WHERE one::text LIKE %s)")
    with psycopg.connect(settings.database_url) as owner:
        owner.execute("SET row_security = off")
        names = [name for (name,) in owner.execute(tables)]
        asked = {name: owner.execute(says.format(table=Identifier(name)), [f"%{said}%"]) for name in names}
        return [name for name, found in asked.items() if found.fetchone() == (True,)]


@pytest.mark.parametrize("still_waiting", [False, True])
async def test_after_a_purge_no_document_no_name_and_no_object_remains(
    desk: Desk, settings: Settings, *, still_waiting: bool
) -> None:
    """Whether each had reached the vault or still waited for its scan."""
    await desk.kept(blank_pdf(), NAME)
    if still_waiting:
        await desk.upload(blank_pdf(), NAME)
    prepare = saying(File(form={}), catalogue().plan("acces-documents"))
    filed = await filing.file_ready(
        desk.app, desk.context, desk.dossier, prepare, desk.actor, once=once_of(desk.resident)
    )
    mine = {key for row in await desk.rows() for key in (row["quarantine"], row["vault"]) if key}
    assert len(mine & await desk.objects()) == 1 + still_waiting

    _, ground, left = await purged(settings, str(desk.dossier), "terme échu", filed.reference)

    assert (ground, left) == ("terme échu", "")
    assert await desk.rows() == []
    assert not mine & await desk.objects()
    assert written(settings, NAME) == []
    assert "dossier" in written(settings, filed.reference)
