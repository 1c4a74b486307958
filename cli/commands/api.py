"""`guichet api`: one or several HTTP processes."""

from __future__ import annotations

from typing import Annotated

import typer
import uvicorn

from cli.configured import configured

app = typer.Typer()


@app.command()
def api(
    host: Annotated[str, typer.Option(help="Adresse d'écoute.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="Port d'écoute.", min=1, max=65535)] = 8000,
    workers: Annotated[int, typer.Option(help="Nombre de processus.", min=1)] = 1,
) -> None:
    """Sert l'API HTTP."""
    configured()
    uvicorn.run(
        "cli.serving:application",
        factory=True,
        host=host,
        port=port,
        workers=workers,
        access_log=False,
        server_header=False,
        timeout_graceful_shutdown=5,
    )
