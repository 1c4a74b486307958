"""`guichet organisation`: mediators' organisations and their members."""

import re
from typing import Annotated

import typer

from cli.office import AsJson, at_work, on_account, show, uuid_of
from storage.accounts import organisations

app = typer.Typer(help="Organisations des médiateurs, et leurs membres.", no_args_is_help=True)
member = typer.Typer(help="Membres d'une organisation.", no_args_is_help=True)
app.add_typer(member, name="member")

Which = Annotated[str, typer.Argument(metavar="ORGANISATION", help="Son identifiant (UUID).")]
Who = Annotated[str, typer.Argument(metavar="COMPTE", help="L'identifiant du médiateur, ou son adresse.")]


@app.command("add")
def add(
    name: Annotated[str, typer.Option(help="Son nom.")],
    *,
    siret: Annotated[str | None, typer.Option(help="Son SIRET (14 chiffres).")] = None,
    as_json: AsJson = False,
) -> None:
    """Crée une organisation."""
    if siret is not None and not re.fullmatch(r"[0-9]{14}", siret):
        raise typer.BadParameter("le SIRET compte quatorze chiffres.", param_hint="--siret")

    made = at_work(lambda office: office.add_organisation(name, siret))
    show({"id": made}, as_json=as_json, lines=[f"Organisation {made} créée."])


@app.command("list")
def list_organisations(*, as_json: AsJson = False) -> None:
    """Liste les organisations."""
    found = at_work(lambda office: organisations.every(office.connection))
    lines = [f"{one.id}  {'fermée' if one.disabled_at else 'ouverte'}  {one.name}  {one.siret or ''}" for one in found]
    show(found, as_json=as_json, lines=[line.rstrip() for line in lines])


@app.command("disable")
def disable(which: Which) -> None:
    """Ferme une organisation : ses médiateurs n'entrent plus, sur-le-champ."""
    _set_enabled(which, enabled=False)
    typer.echo("Organisation fermée.")


@app.command("enable")
def enable(which: Which) -> None:
    """Rouvre une organisation."""
    _set_enabled(which, enabled=True)
    typer.echo("Organisation rouverte.")


@member.command("add")
def add_member(which: Which, who: Who) -> None:
    """Fait d'un médiateur un membre, à la place de son organisation d'avant."""
    organisation = uuid_of(which)

    on_account(who, lambda office, account: office.attach(organisation, account))
    typer.echo(f"{who} est membre.")


@member.command("remove")
def remove_member(which: Which, who: Who) -> None:
    """Retire un médiateur, avec effet immédiat."""
    organisation = uuid_of(which)

    on_account(who, lambda office, account: office.detach(organisation, account))
    typer.echo(f"{who} n'est plus membre.")


@member.command("list")
def list_members(which: Which, *, as_json: AsJson = False) -> None:
    """Liste les membres d'une organisation."""
    organisation = uuid_of(which)

    found = at_work(lambda office: organisations.members(office.connection, organisation))
    show(found, as_json=as_json, lines=[str(one) for one in found])


def _set_enabled(which: str, *, enabled: bool) -> None:
    organisation = uuid_of(which)

    at_work(lambda office: office.set_organisation_enabled(organisation, enabled=enabled))
