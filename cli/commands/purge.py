"""`guichet purge <dossier>`: destroy the key of a dossier, and so its content, for ever."""

import asyncio
import json
from contextlib import closing
from typing import Annotated
from uuid import UUID

import typer

from cli.configured import configured
from cli.leaving import leaving
from domain.actors import Actor
from domain.calendar import Instant, civil
from storage.documents.purge_remains import clear_remains
from storage.engine.database import Database
from storage.engine.settings import Settings
from storage.objects.store import ObjectStore, StoreUnavailable, object_store
from storage.register.lock import NotFound
from storage.register.purge import NoGround, NotYet, purge
from storage.register.verification import find, verify

app = typer.Typer()
OPERATOR = Actor(kind="administrator", name="ligne de commande")


@app.command(name="purge")
def purge_command(
    dossier: Annotated[str, typer.Argument(help="L'identifiant du dossier, ou sa référence.")],
    *,
    ground: Annotated[str, typer.Option(help="À quel titre : le texte, la durée de conservation échue…")] = (
        "décision de l'administration"
    ),
    force: Annotated[str, typer.Option(help="Sa référence, redite pour purger un dossier ouvert ou avant terme.")] = "",
    as_document: Annotated[bool, typer.Option("--json", help="Imprimer le résultat en JSON.")] = False,
) -> None:
    """Détruit la clé d'un dossier : son contenu ne peut plus être lu, sauvegardes comprises. Sans retour."""
    with leaving(refused=(NotFound, NotYet), usage=NoGround):
        at, told, left = asyncio.run(purged(configured("worker"), dossier, ground, force))
    if as_document:
        typer.echo(json.dumps({"dossier": dossier, "purged_at": at.isoformat(), "ground": told}, ensure_ascii=False))
    else:
        typer.echo(f"{dossier} : contenu détruit le {civil(at):%d/%m/%Y} au titre de : {told}")
        if left:
            typer.echo(left)


async def purged(settings: Settings, name: str, ground: str, force: str = "") -> tuple[Instant, str, str]:
    """Purge the dossier so named: when, on which ground (the first, if it was purged), and what is still to go.

    Raises NotFound, NoGround, NotYet.
    """
    async with Database(settings, "worker", size=1) as database:
        with closing(object_store(settings)) as store:
            found = await find(database, name)
            at = await purge(database, found, ground=ground, actor=OPERATOR, forced=force)
            left = await _left(database, store, found)
            return at, (await verify(database, found)).purged_ground, left


async def _left(database: Database, store: ObjectStore, dossier: UUID) -> str:
    """What the store still holds, unreadable; empty when nothing."""
    try:
        locked = await clear_remains(database, store, dossier)
    except StoreUnavailable:
        return "Le stockage ne répond pas : ses documents, déjà illisibles, seront effacés dans l'heure."
    if not locked:
        return ""
    return f"Lettres verrouillées, illisibles, effacées à la fin de leur verrou : {locked}."
