"""`guichet explain <dossier>`: every date and status, with the event, the rule and the article behind it."""

import asyncio
import json
from datetime import datetime
from typing import Annotated

import typer

from cli.configured import configured
from cli.leaving import leaving
from domain.derivation import Line, Viewer
from domain.explained.explanation import explain
from storage.engine.database import WORKING, Database
from storage.engine.keys import KeyDestroyed
from storage.engine.settings import Settings
from storage.register.lock import NotFound, Purged
from storage.register.reading import read
from storage.register.verification import find

app = typer.Typer()


@app.command("explain")
def explain_command(
    dossier: Annotated[str, typer.Argument(help="L'identifiant du dossier, ou sa référence.")],
    *,
    viewer: Annotated[Viewer, typer.Option("--as", help="Pour qui : ce que chacun peut lire.")] = "agent",
    as_document: Annotated[bool, typer.Option("--json", help="Imprimer le résultat en JSON.")] = False,
) -> None:
    """Explique chaque date et chaque état d'un dossier : l'événement, la règle, l'article."""
    with leaving(refused=(NotFound, Purged, KeyDestroyed)):
        lines = asyncio.run(explained(configured("worker"), dossier, viewer))
    if as_document:
        typer.echo(json.dumps([_document(line) for line in lines], ensure_ascii=False))
        return
    typer.echo("\n".join(f"{line.sentence}{f'  [{line.article}]' if line.article else ''}" for line in lines))


async def explained(settings: Settings, name: str, viewer: Viewer) -> tuple[Line, ...]:
    """The explanation of the dossier so named. Raises NotFound, Purged, KeyDestroyed."""
    async with Database(settings, "worker", size=1) as database:
        seen = await read(database, WORKING, await find(database, name), journal_too=True)
    return explain(seen.entries, seen.dossier, viewer)


def _document(line: Line) -> dict[str, object]:
    at = line.at.isoformat().replace("+00:00", "Z") if isinstance(line.at, datetime) else line.at.isoformat()
    return {
        "about": line.about,
        "key": line.key,
        "at": at,
        "sentence": line.sentence,
        "rule": line.rule,
        "article": line.article,
        "seq": line.seq,
        "until": None if line.until is None else line.until.isoformat(),
    }
