"""The settings of a command that needs them, or what is missing said plainly."""

import os
from typing import Literal

import typer
from pydantic import ValidationError

from storage.engine.fitness import unfit, unserved
from storage.engine.secret_files import SUFFIX, SecretUnreadable
from storage.engine.settings import NoAddress, Served, Settings


def configured(role: Literal["owner", Served]) -> Settings:
    """The settings of the environment, which reach the database as `role`.

    Leaves with 1 and one line for each variable that is missing or wrong.
    """
    wrong = _untold(role)
    try:
        settings = Settings.model_validate({})
    except (ValidationError, SecretUnreadable) as error:
        wrong += problems(error)
    else:
        wrong = wrong or ([] if role == "owner" else unserved(settings, role))
        if not wrong:
            return settings
    typer.echo("La configuration ne permet pas de continuer :", err=True)
    for line in wrong:
        typer.echo(f"  {line}", err=True)
    typer.echo("« guichet up » donne tout cela de lui-même sur une machine seule.", err=True)
    raise typer.Exit(1)


def _untold(role: Literal["owner", Served]) -> list[str]:
    """Its own address serves each role, or the owner's, from which it follows."""
    own = "DATABASE_URL" if role == "owner" else f"{role.upper()}_DATABASE_URL"
    told = any(os.environ.get(name + suffix) for name in (own, "DATABASE_URL") for suffix in ("", SUFFIX))
    return [] if told else [f"{own} n'est pas défini."]


def fit(role: Served) -> Settings:
    """The settings of a process that serves as `role`. Leaves with 1 and what to change otherwise."""
    settings = configured(role)
    wrong = unfit(settings)
    for line in wrong:
        typer.echo(line, err=True)
    if wrong:
        typer.echo("Pour un essai : « guichet up --demonstration ».", err=True)
        raise typer.Exit(1)
    return settings


def problems(error: ValidationError | SecretUnreadable | NoAddress) -> list[str]:
    """One sentence for each setting that is missing or wrong; never its value."""
    if isinstance(error, SecretUnreadable | NoAddress):
        return [str(error)]
    return [_problem(dict(item)) for item in error.errors(include_input=False, include_url=False)]


def _problem(item: dict[str, object]) -> str:
    place = item["loc"]
    name = str(place[-1]).upper() if isinstance(place, tuple) and place else "?"
    if item["type"] == "missing":
        return f"{name} n'est pas défini."
    return f"{name} : {str(item['msg']).removeprefix('Value error, ')}"
