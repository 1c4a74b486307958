"""`guichet clock`: one case of the legal clock on standard input, its outcome on standard output."""

import json
import sys
from typing import Annotated

import typer

from domain.clock.case import BadCase, as_json, parse_case
from domain.clock.terms import Interval, Reckoning

app = typer.Typer()

_STATES = {(True, True): "court", (True, False): "a couru, annulé", (False, False): "arrêté"}


@app.command("clock")
def clock(
    *,
    as_document: Annotated[bool, typer.Option("--json", help="Imprimer le résultat en JSON.")] = False,
) -> None:
    """Calculer une échéance : un cas en JSON sur l'entrée standard, sa date et son registre en sortie."""
    try:
        reckoning = parse_case(sys.stdin.buffer.read()).reckoned()
    except BadCase as error:
        typer.echo(error.message_fr, err=True)
        if as_document:
            typer.echo(_dump({"error": {"field": error.field, "message": error.message_fr}}))
        raise typer.Exit(2) from error
    if as_document:
        typer.echo(_dump(as_json(reckoning)))
    else:
        typer.echo("\n".join(_told(reckoning)))


def _dump(document: object) -> str:
    return json.dumps(document, ensure_ascii=False, allow_nan=False)


def _told(reckoning: Reckoning) -> list[str]:
    if reckoning.started is None:
        return ["Le délai n'a pas commencé."]
    lines = [_line(interval) for interval in reckoning.ledger]
    if reckoning.expires is None:
        return [*lines, "Le délai est arrêté ; sa fin n'est pas encore connue."]
    lines.append(f"Dernier jour du délai : {reckoning.expires}.")
    if reckoning.born is not None:
        lines.append(f"Sans décision, le silence vaut décision le {reckoning.born} à minuit (heure de Paris).")
    return lines


def _line(interval: Interval) -> str:
    until = f"au {interval.end} exclu" if interval.end else "sans fin connue"
    state = _STATES[interval.running, interval.counts]
    return f"du {interval.start} {until} : {state} (événement {interval.cause}, {interval.article})"
