"""`guichet api`: one or several HTTP processes."""

from pathlib import Path
from typing import Annotated

import typer

from cli.configured import fit
from cli.serving import serve

app = typer.Typer()


@app.command("api")
def api(
    host: Annotated[str, typer.Option(help="Adresse d'écoute.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="Port d'écoute.", min=1, max=65535)] = 8000,
    workers: Annotated[int, typer.Option(help="Nombre de processus.", min=1)] = 1,
    certificate: Annotated[Path | None, typer.Option(help="Certificat TLS (PEM) ; sans lui, HTTP.")] = None,
    key: Annotated[Path | None, typer.Option(help="Clé du certificat (PEM).")] = None,
) -> None:
    """Sert l'API HTTP."""
    fit("app")
    serve("cli.application:application", host, port, workers, factory=True, tls=(certificate, key))
