"""`guichet token`: what other systems sign in with; scoped, expiring, shown once."""

from datetime import timedelta
from typing import Annotated

import typer

from cli.office import AsJson, at_work, show, uuid_of
from domain.permissions import Scope
from storage.accounts import tokens

app = typer.Typer(help="Jetons des systèmes : droits, durée, révocation.", no_args_is_help=True)


@app.command("create")
def create(
    system: Annotated[str, typer.Option(help="Le nom du système, connu ou nouveau.")],
    scope: Annotated[list[str], typer.Option(help="<démarche>:<deposit|read|webhook> (répétable).")],
    *,
    days: Annotated[int, typer.Option(help="Sa durée en jours.", min=1, max=tokens.LONGEST.days)] = 90,
    as_json: AsJson = False,
) -> None:
    """Crée un jeton ; son texte n'est montré qu'une fois."""
    scopes = [_scope(text) for text in scope]

    made = at_work(lambda office: office.create_token(system, scopes, timedelta(days=days)))
    lines = [
        f"Jeton {made.id} créé, jusqu'au {made.expires_at:%d/%m/%Y}.",
        f"Montré une seule fois : {made.token}",
    ]
    show(made, as_json=as_json, lines=lines)


@app.command("list")
def list_tokens(*, as_json: AsJson = False) -> None:
    """Liste les jetons, sans leur texte."""
    found = at_work(lambda office: tokens.every(office.connection))
    show(found, as_json=as_json, lines=[line(one) for one in found])


@app.command("revoke")
def revoke(token: Annotated[str, typer.Argument(metavar="JETON", help="L'identifiant du jeton (UUID).")]) -> None:
    """Arrête un jeton sur-le-champ."""
    which = uuid_of(token)

    at_work(lambda office: office.revoke_token(which))
    typer.echo("Jeton révoqué.")


def line(one: tokens.Token) -> str:
    """A token as a person reads it."""
    state = "révoqué" if one.revoked_at else f"jusqu'au {one.expires_at:%d/%m/%Y}"
    return f"{one.id}  {one.name}  {' '.join(one.scopes)}  {state}"


def _scope(text: str) -> Scope:
    try:
        return Scope.parse(text)
    except ValueError as error:
        raise typer.BadParameter(str(error), param_hint="--scope") from None
