"""`guichet forecast --on <day>`: queue by queue, what silence will decide if nobody acts."""

import asyncio
from typing import Annotated

import typer

from api.shown.forecast import DecidedOut, ForecastOut, QueueForecastOut, shown_forecast
from cli.configured import configured
from domain.act_description import instant
from domain.calendar import Instant
from domain.days_in_words import instant_in_words, moment_in_words
from domain.futures.forecast import FORESEEN, forecast
from domain.futures.fork import refuse_date
from storage.engine.database import WORKING, Database
from storage.engine.legal_time import legal_now
from storage.engine.settings import Settings
from storage.lists import forecasts, queues

app = typer.Typer()


@app.command("forecast")
def forecast_command(
    on: Annotated[str, typer.Option(help="Jusqu'à quel jour (2027-03-01, midi à Paris) ou instant.")],
    *,
    as_document: Annotated[bool, typer.Option("--json", help="Imprimer le résultat en JSON.")] = False,
) -> None:
    """Annonce ce que le silence décidera, file par file, si personne n'agit ; seules les horloges sont lues."""
    try:
        told = asyncio.run(foreseen(configured("worker"), instant(on)))
    except ValueError as error:
        raise typer.BadParameter(str(error), param_hint="l'option --on") from error
    typer.echo(told.model_dump_json() if as_document else "\n".join(in_lines(told)))


async def foreseen(settings: Settings, on: Instant) -> ForecastOut:
    """The forecast of every queue. Raises Misdescribed for a day that is past."""
    async with Database(settings, "worker", size=1) as database, database.transaction(WORKING) as connection:
        now = await legal_now(connection)
        refuse_date(on, now, "on")
        every = await forecasts.every_queue(connection)
        served = sorted({slug for _, slug in every})
        clocks = await forecasts.due_by(connection, served, on)
        counts = await queues.open_counts(connection, served)
    found = {slug: forecast(clocks[slug], now, on) for slug in served}
    # A procedure that no group serves is only worth a line when it has dossiers.
    shown = [(group, slug) for group, slug in every if group or counts.get(slug)]
    return shown_forecast(shown, found, counts, now=now, on=on)


def in_lines(told: ForecastOut) -> list[str]:
    """The forecast as a person reads it."""
    return [
        f"Du {instant_in_words(told.now)} au {instant_in_words(told.on)}, si personne n'agit :",
        *(line for queue in told.queues for line in _queue(queue)),
        "",
        "Cette prévision ne voit pas :",
        *(f"  – {each}" for each in told.unseen),
    ]


def _dossier(one: DecidedOut) -> str:
    return f"    {one.reference:<14} {moment_in_words(one.at, one.on)}  {FORESEEN[one.effect][0]}"


def _queue(queue: QueueForecastOut) -> list[str]:
    apart = [
        text
        for count, text in (
            (queue.passed, "dont l'échéance est passée et va être écrite"),
            (queue.undetermined, "dont une lettre est en route : indéterminé"),
        )
        if count
        for text in (f"  {count} {text}",)
    ]
    return [
        "",
        f"{queue.group or 'aucun groupe'} / {queue.procedure_title} : dossiers ouverts : {queue.open}",
        *(f"  {each.count} {each.label}" for each in queue.effects),
        *(_dossier(one) for one in queue.dossiers),
        *apart,
        *([] if queue.effects or apart else ["  rien n'est à échoir."]),
    ]
