"""`guichet verify-readings`: is the access log (who read which dossier) still as it was written?"""

import asyncio
import json
from datetime import date, datetime
from typing import Annotated

import typer

from cli.configured import configured
from storage.engine.database import Database
from storage.engine.settings import Settings
from storage.register.access_chain import Day, verify_days

app = typer.Typer()


@app.command(name="verify-readings")
def verify_readings(
    day: Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"], help="Un seul jour ; sinon tous.")] = None,
    *,
    as_document: Annotated[bool, typer.Option("--json", help="Imprimer le résultat en JSON.")] = False,
) -> None:
    """Recalcule la chaîne, jour par jour, du registre des consultations."""
    days = asyncio.run(verified(configured("worker"), day.date() if day else None))
    if as_document:
        typer.echo(json.dumps([told(one) for one in days]))
    else:
        typer.echo("\n".join(map(sentence, days)) or "Aucune consultation n'est enregistrée.")
    raise typer.Exit(1 if any(one.broken_at is not None for one in days) else 0)


async def verified(settings: Settings, day: date | None) -> list[Day]:
    """The verdict on one day, or on all."""
    async with Database(settings, "worker", size=1) as database:
        return await verify_days(database, day)


def told(day: Day) -> dict[str, object]:
    """A verdict as a JSON document."""
    return {"day": day.day.isoformat(), "lines": day.lines, "broken_at": day.broken_at}


def sentence(day: Day) -> str:
    """A verdict as a person reads it."""
    if day.broken_at is None:
        return f"{day.day:%d/%m/%Y} : chaîne intacte, {day.lines} consultations"
    return f"{day.day:%d/%m/%Y} : chaîne rompue à la consultation {day.broken_at}"
