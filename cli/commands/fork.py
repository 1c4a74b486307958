"""`guichet fork <dossier>`: what becomes of a live dossier if nobody acts, or if these acts are done on those days."""

import asyncio
from typing import Annotated, Any

import typer

from api.shown.fork import ForkOut, FutureLineOut, shown_fork
from catalogue.writing import FromTheCatalogue
from cli.configured import configured
from cli.leaving import leaving
from domain.act_description import ActDescription, Misdescribed, instant
from domain.calendar import Instant
from domain.days_in_words import instant_in_words, moment_in_words
from domain.futures.fork import Live, Question, fork
from domain.strict_json import BadJson, strict_loads
from storage.engine.database import WORKING, Database
from storage.engine.keys import KeyDestroyed
from storage.engine.settings import Settings
from storage.register.lock import NotFound, Purged
from storage.register.reading import read
from storage.register.verification import find

app = typer.Typer()

MARKS = {"journal": "·", "settled": "·", "imagined": "?"}


@app.command("fork")
def fork_command(
    dossier: Annotated[str, typer.Argument(help="L'identifiant du dossier, ou sa référence.")],
    *,
    until: Annotated[str, typer.Option(help="Jusqu'à quand (2027-06-01, ou un instant).")],
    then: Annotated[
        list[str] | None,
        typer.Option(
            help="Un acte imaginé : '<date ou instant> <acte> [json]' ; une date seule vaut midi (répétable)."
        ),
    ] = None,
    as_document: Annotated[bool, typer.Option("--json", help="Imprimer le résultat en JSON.")] = False,
) -> None:
    """Raconte la suite d'un dossier si personne n'agit, ou avec des actes imaginés, sans rien enregistrer."""
    try:
        planned = tuple(_then(rank, said) for rank, said in enumerate(then or []))
        question = Question(until=_instant(until, "until"), then=planned)
        with leaving(refused=(NotFound, Purged, KeyDestroyed)):
            told = asyncio.run(forked(configured("worker"), dossier, question))
    except Misdescribed as bad:
        raise typer.BadParameter(str(bad), param_hint=f"l'option --{bad.where[0]}") from bad
    typer.echo(told.model_dump_json() if as_document else "\n".join(in_lines(told)))


async def forked(settings: Settings, name: str, question: Question) -> ForkOut:
    """The future of the dossier so named. Raises NotFound, Purged, KeyDestroyed, Misdescribed."""
    async with Database(settings, "worker", size=1) as database:
        seen = await read(database, WORKING, await find(database, name), journal_too=True)
    live = Live(plan=seen.dossier.plan, entries=seen.entries, written=seen.header.version, now=seen.at)
    told = fork(live, question, FromTheCatalogue())
    return shown_fork(told, "agent", reference=seen.header.reference, now=seen.at, until=question.until)


def in_lines(told: ForkOut) -> list[str]:
    """The story as a person reads it: what is known (·), what is imagined (?), what is refused (✗), and its end."""
    known = [line for line in told.lines if line.basis != "imagined"]
    imagined = [line for line in told.lines if line.basis == "imagined"]
    due = told.next.sentence if told.next else "Plus rien n'arrivera de soi-même."
    return [
        f"{told.reference} : {told.procedure_title}",
        "",
        f"Au journal, le {instant_in_words(told.now)} :",
        *(text for line in known for text in _line(line)),
        "",
        f"Imaginé jusqu'au {instant_in_words(told.until)} (rien n'est enregistré) :",
        *(text for line in imagined for text in _line(line)),
        *([] if imagined else ["  rien ne se passe."]),
        "",
        f"Alors : {told.status_label}. {due}",
        *(f"  {line.sentence}{f'  [{line.article}]' if line.article else ''}" for line in told.ledger),
    ]


def _line(line: FutureLineOut) -> list[str]:
    mark = "✗" if line.refused else MARKS[line.basis]
    article = f"  [{line.article}]" if line.article and not line.refused else ""
    written = " (pas encore écrit)" if line.basis == "settled" else ""
    told = f"{mark} {moment_in_words(line.at, line.on):<30} {line.who:<12} {line.sentence}{article}{written}"
    return [told, f"    {line.minimal}"] if line.minimal else [told]


def _then(rank: int, text: str) -> ActDescription:
    at, _, rest = text.strip().partition(" ")
    act, _, data = rest.strip().partition(" ")
    return ActDescription(at=_instant(at, "then", rank, "at"), act=act, data=_data(data.strip(), "then", rank, "data"))


def _instant(text: str, *where: str | int) -> Instant:
    try:
        return instant(text)
    except ValueError as error:
        raise Misdescribed(where, error.args[0]) from error


def _data(text: str, *where: str | int) -> dict[str, Any]:
    try:
        given = strict_loads(text.encode()) if text else {}
    except BadJson as bad:
        raise Misdescribed(where, bad.sentence) from bad
    if not isinstance(given, dict):
        raise Misdescribed(where, 'il faut un objet JSON, par exemple {"piece": "rib"}.')
    return given
