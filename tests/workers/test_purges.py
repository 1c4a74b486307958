"""A purge cut short, or undone by a restore of the keys' database, is ended by the reconciler."""

from __future__ import annotations

import psycopg

from cli.commands.purge import OPERATOR
from storage.purge import purge
from storage.verification import verify
from tests.storage.filed import file
from tests.storage.filed import opened as database_of
from tests.workers.office import Office


async def test_a_key_that_came_back_is_destroyed_at_the_first_look(office: Office) -> None:
    settings, worker = office.world.settings, office.world.database
    async with database_of(settings, "app") as app:
        dossier = (await file(app)).id
    read = "SELECT wrapped FROM dossier_key WHERE dossier = %s"
    with psycopg.connect(settings.url_of("keys")) as keys:
        saved = keys.execute(read, [dossier]).fetchone()
    await purge(worker, dossier, ground="terme", actor=OPERATOR)
    with psycopg.connect(settings.url_of("keys")) as keys:
        keys.execute("UPDATE dossier_key SET wrapped = %s WHERE dossier = %s", [*(saved or ()), dossier])

    assert not (await verify(worker, dossier)).intact
    await office.reconciler().once()
    assert (await verify(worker, dossier)).intact
