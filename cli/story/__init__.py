"""The demonstration of `make run`: real people, real requests, through the HTTP API alone, in a few seconds."""

from __future__ import annotations

import asyncio
import time

import typer

from cli.story import stories
from cli.story.people import HELPED, RESIDENT, People, everybody
from cli.story.stage import Stage
from cli.story.voices import Misheard, Voice, resident, staff
from storage.settings import Settings


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
    introduce(stage.people)


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


def introduce(people: People) -> None:
    """How to sign in as each of them (demonstration accounts, renewed at each start)."""
    typer.echo("\nComptes de démonstration (renouvelés à chaque démarrage) :")
    typer.echo(f"  usagers      {RESIDENT}, {HELPED} : code reçu par courriel (dossier mail des données)")
    for person in (*people.agents.values(), people.mediator, people.administrator):
        typer.echo(f"  {person.audience:<12} {person.email}  mot de passe {person.password}  TOTP {person.secret}")
