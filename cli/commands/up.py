"""`guichet up`: everything on one machine, held until Ctrl-C."""

import time
from pathlib import Path
from typing import Annotated

import typer

from cli.running import published
from cli.starting import HOST, Up, bring_up
from cli.story import tell as tell_them
from cli.story.voices import Misheard
from parts.parent import interrupt_on_termination, leave_with_parent
from parts.places import default_data_dir
from storage.engine.settings import Mode

app = typer.Typer()

_WATCH_EVERY = 1.0


@app.command("up")
def up(
    data_dir: Annotated[
        Path | None, typer.Option(help="Dossier des données, clés et journaux ; sans lui, .guichet ici.")
    ] = None,
    port: Annotated[int | None, typer.Option(help="Port de l'API ; sans lui, 8000 ou un port libre.")] = None,
    demonstration: Annotated[
        bool, typer.Option("--demonstration", help="Comptes de démonstration, horloge avançable, trois histoires.")
    ] = False,
    host: Annotated[
        str, typer.Option(help="Interface d'écoute ; 0.0.0.0 pour être joint depuis le réseau local.")
    ] = HOST,
    tls: Annotated[
        bool, typer.Option("--tls", help="Sert en HTTPS, avec un certificat fait pour cette machine.")
    ] = False,
    with_parent: Annotated[bool, typer.Option("--with-parent", help="S'arrête avec qui l'a lancé.")] = False,
) -> None:
    """Démarre tout sur cette machine et reste jusqu'à Ctrl-C.

    DATABASE_URL, TEMPORAL_ADDRESS et S3_ENDPOINT_URL remplacent les services embarqués.
    """
    interrupt_on_termination()
    if with_parent:
        leave_with_parent()
    folder = data_dir or default_data_dir()
    tell("données", str(folder))
    mode: Mode = "demonstration" if demonstration else "production"
    whole = bring_up(folder, port=port, mode=mode, on_progress=tell, host=host, tls=tls)
    try:
        with published(folder, whole.settings.told()):
            if demonstration:
                tell_stories(whole)
            say_where(whole, folder, tls=tls)
            stay(whole)
    except KeyboardInterrupt:
        typer.echo("\nArrêt…")
    finally:
        whole.running.stop()
    typer.echo("Tout est arrêté ; les données restent.")


def say_where(whole: Up, folder: Path, *, tls: bool) -> None:
    """Where it answers, and what a telephone of the same network must trust."""
    if tls:
        typer.echo(f"\nHTTPS : autorité de cette installation à faire accepter : {folder / 'tls' / 'autorite.pem'}")
    if whole.settings.public_url != whole.address:
        typer.echo(f"\nDepuis un téléphone du même réseau : {whole.settings.public_url}")
    typer.echo(f"\nGuichet répond à {whole.address} (Ctrl-C pour arrêter ; journaux : {folder / 'logs'})")


def tell_stories(whole: Up) -> None:
    """Play the demonstration through the HTTP API; a story that goes wrong is said, and the product stays up."""
    try:
        tell_them(whole.address, whole.settings)
    except Misheard as wrong:
        typer.echo(f"Une histoire s'est interrompue : {wrong} (journaux : {whole.running.supervisor.logs})", err=True)


def stay(whole: Up) -> None:
    """Wait for Ctrl-C, and say when a process died and was started again."""
    known = {name: state.restarts for name, state in whole.running.states().items()}
    while True:
        time.sleep(_WATCH_EVERY)
        for name, state in whole.running.states().items():
            if state.restarts != known[name]:
                tell(name, f"mort et relancé (fin de son journal : {whole.running.supervisor.logs / name}.log)")
                known[name] = state.restarts


def tell(part: str, sentence: str) -> None:
    """One line of progress."""
    typer.echo(f"→ {part} : {sentence}")
