"""The demonstration of `make run`: real people, real requests, through the HTTP API alone, in a few seconds."""

import asyncio
import time

import typer

from cli.story import stories
from cli.story.identities import HELPED, RESIDENT
from cli.story.people import Staff, everybody
from cli.story.stage import Stage
from cli.story.voices import Misheard, Voice, resident, staff
from storage.engine.settings import Settings


def tell(address: str, settings: Settings) -> None:
    """File, instruct and decide one dossier of each procedure, printing what happens as it happens."""
    began = time.monotonic()
    stage = set_the_stage(address, settings)
    filed = stories.file_all(stage)
    stories.decide_agrement(stage, filed["agrement"])
    stories.decide_access(stage, filed["access"])
    stories.propose_apa(stage, filed["apa"])
    stories.nobody_acts(stage, filed["silent"])
    typer.echo(f"\nHistoires racontées en {time.monotonic() - began:.0f} s, par l'API seule.")
    introduce(stage)


def set_the_stage(address: str, settings: Settings) -> Stage:
    """Everybody signed in."""
    if settings.mail_folder is None:
        raise Misheard("la démonstration lit les codes dans MAIL_FOLDER, qui n'est pas donné")
    people = asyncio.run(everybody(settings))
    stage = Stage(address=address, settings=settings, people=people, mailbox=settings.mail_folder)
    stage.voices = {slug: staff(address, agent) for slug, agent in people.agents.items()}
    stage.voices["mediator"] = staff(address, people.mediator)
    stage.voices["resident"] = resident(address, stage.mailbox, RESIDENT)
    stage.voices["system"] = Voice(address, "/v1/systems", people.token)
    return stage


def introduce(stage: Stage) -> None:
    """Three ways in, and how to sign in as each person (demonstration accounts, renewed at each start)."""
    people, at = stage.people, stage.settings.public_url
    typer.echo("\nTrois portes d'entrée (comptes de démonstration, renouvelés à chaque démarrage) :")
    typer.echo(f"\n  usagers      {at}/fr/espace")
    typer.echo("               « S'identifier avec FranceConnect » : Anna, Yves, ou Enora, une nouvelle venue ;")
    typer.echo(f"               ou {RESIDENT}, {HELPED} : code reçu par courriel")
    typer.echo(f"\n  médiatrice   {at}/fr/mediateurs/")
    typer.echo("               « S'identifier avec ProConnect », ou :")
    _factors(people.mediator)
    typer.echo(f"\n  agents       {at}/fr/agents/")
    typer.echo("               « S'identifier avec ProConnect », ou :")
    for agent in people.agents.values():
        _factors(agent)
    typer.echo(f"\n  et l'administration, {at}/fr/auteurs/ :")
    _factors(people.administrator)
    typer.echo(f"\nLes courriels envoyés se lisent à {at}/fr/demonstration/courrier")
    typer.echo(f"Le temps légal s'avance à {at}/fr/demonstration/horloge")


def _factors(person: Staff) -> None:
    typer.echo(f"               {person.email}  mot de passe {person.password}  TOTP {person.secret}")
