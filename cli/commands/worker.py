"""`guichet worker`: the process that carries dossiers on."""

import typer

from cli.configured import fit
from workers.main import run

app = typer.Typer()


@app.command("worker")
def worker() -> None:
    """Fait tourner un travailleur : relais, rattrapage, échéances, lettres, envois."""
    run(fit("worker"))
