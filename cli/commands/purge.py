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
from storage.verification import find

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
        at = asyncio.run(purged(configured(), dossier, ground))
    except NotFound:
        typer.echo(f"Aucun dossier n'a pour identifiant ou référence « {dossier} ».", err=True)
        raise typer.Exit(1) from None
    except NoGround as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(2) from None
    if as_document:
        typer.echo(json.dumps({"dossier": dossier, "purged_at": at.isoformat(), "ground": ground}, ensure_ascii=False))
    else:
        typer.echo(f"{dossier} : contenu détruit le {civil(at):%d/%m/%Y} au titre de : {ground}")


async def purged(settings: Settings, name: str, ground: str) -> Instant:
    """Purge the dossier so named. Raises NotFound, NoGround."""
    database = Database(settings, "worker", size=1)
    try:
        return await purge(database, await find(database, name), ground=ground, actor=OPERATOR)
    finally:
        await database.close()
