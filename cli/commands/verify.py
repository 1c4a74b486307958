"""`guichet verify <dossier>`: is the journal still as it was written, and the state its fold?"""

import asyncio
import json
from typing import Annotated

import typer

from cli.configured import configured
from cli.leaving import leaving
from storage.engine.database import Database
from storage.engine.settings import Settings
from storage.register.lock import NotFound
from storage.register.verification import Verdict, find, verify

app = typer.Typer()


@app.command(name="verify")
def verify_command(
    dossier: Annotated[str, typer.Argument(help="L'identifiant du dossier, ou sa référence.")],
    *,
    as_document: Annotated[bool, typer.Option("--json", help="Imprimer le résultat en JSON.")] = False,
) -> None:
    """Recalcule la chaîne du journal d'un dossier et la rejoue jusqu'à l'état enregistré."""
    with leaving(refused=NotFound):
        verdict = asyncio.run(verified(configured("worker"), dossier))
    sentence = f"{verdict.reference} : {verdict.sentence}"
    typer.echo(json.dumps(told(verdict), ensure_ascii=False) if as_document else sentence)
    raise typer.Exit(0 if verdict.intact else 1)


async def verified(settings: Settings, name: str) -> Verdict:
    """Verify the dossier so named. Raises NotFound."""
    async with Database(settings, "worker", size=1) as database:
        return await verify(database, await find(database, name))


def told(verdict: Verdict) -> dict[str, object]:
    """The verdict as a JSON document."""
    broken = verdict.broken
    return {
        "dossier": str(verdict.dossier),
        "reference": verdict.reference,
        "entries": verdict.entries,
        "intact": verdict.intact,
        "purged_at": verdict.purged_at.isoformat() if verdict.purged_at else None,
        "purged_ground": verdict.purged_ground or None,
        "broken_at": broken.seq if broken else None,
        "broken_kind": broken.kind if broken else None,
        "sentence": verdict.sentence,
    }
