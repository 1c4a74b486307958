"""`guichet migrate`: the database and the buckets brought to what this code expects."""

import asyncio
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer

from cli.configured import configured
from migrations.drift import drift
from migrations.upgrade import upgrade
from parts import embedded
from parts.places import unprivileged_account
from storage.engine.settings import Settings
from storage.objects.store import object_store

app = typer.Typer()


@app.command("migrate")
def migrate(
    check: Annotated[
        bool, typer.Option("--check", help="Sur une base neuve et jetable : les migrations donnent-elles les tables ?")
    ] = False,
) -> None:
    """Met à jour la base (tables, rôles, règles d'accès), la base des clés et les seaux d'objets."""
    if check:
        raise typer.Exit(checked())
    settings = configured("owner")
    upgrade(settings)
    asyncio.run(object_store(settings).prepare())
    typer.echo("Base et seaux à jour.")


def checked() -> int:
    """0 when the migrations, run on an empty database, give the tables of the code; else 1 and the differences."""
    with throwaway() as settings:
        upgrade(settings)
        differences = drift(settings)
    for difference in differences:
        typer.echo(f"écart : {difference}", err=True)
    typer.echo("Migrations et tables s'accordent." if not differences else "Écrivez la migration qui manque.")
    return 1 if differences else 0


@contextmanager
def throwaway() -> Iterator[Settings]:
    """An empty database of our own, gone at the end."""
    folder = Path(tempfile.mkdtemp(prefix="guichet-migrations-"))
    if unprivileged_account() is not None:
        folder.chmod(0o711)
    running = embedded.start(folder / "data", want=("postgres",))
    try:
        yield Settings.of(running.environment | {"GUICHET_MODE": "test"})
    finally:
        running.stop(quick=True)
        shutil.rmtree(folder, ignore_errors=True)
