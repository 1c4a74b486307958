"""`guichet purge <dossier>`: destroy the key of a dossier, and so its content, for ever."""

from __future__ import annotations

import asyncio
import json
from typing import Annotated

import typer

from cli.configured import configured
from domain.actors import Actor
from domain.calendar import Instant, civil
from storage.database import Database
from storage.held import NotFound
from storage.purge import NoGround, purge
from storage.settings import Settings
from storage.verification import find, verify

app = typer.Typer()
OPERATOR = Actor(kind="administrator", name="ligne de commande")


@app.command(name="purge")
def purge_command(
    dossier: Annotated[str, typer.Argument(help="L'identifiant du dossier, ou sa référence.")],
    *,
    ground: Annotated[str, typer.Option(help="À quel titre : le texte, la durée de conservation échue…")] = (
        "décision de l'administration"
    ),
    as_document: Annotated[bool, typer.Option("--json", help="Imprimer le résultat en JSON.")] = False,
) -> None:
    """Détruit la clé d'un dossier : son contenu ne peut plus être lu, sauvegardes comprises. Sans retour."""
    try:
        at, told = asyncio.run(purged(configured(), dossier, ground))
    except NotFound:
        typer.echo(f"Aucun dossier n'a pour identifiant ou référence « {dossier} ».", err=True)
        raise typer.Exit(1) from None
    except NoGround as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(2) from None
    if as_document:
        typer.echo(json.dumps({"dossier": dossier, "purged_at": at.isoformat(), "ground": told}, ensure_ascii=False))
    else:
        typer.echo(f"{dossier} : contenu détruit le {civil(at):%d/%m/%Y} au titre de : {told}")


async def purged(settings: Settings, name: str, ground: str) -> tuple[Instant, str]:
    """Purge the dossier so named; when, and on which ground: the first, if it was purged. Raises NotFound, NoGround."""
    database = Database(settings, "worker", size=1)
    try:
        found = await find(database, name)
        at = await purge(database, found, ground=ground, actor=OPERATOR)
        return at, (await verify(database, found)).purged_ground
    finally:
        await database.close()
