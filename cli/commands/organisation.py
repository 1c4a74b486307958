"""`guichet organisation`: mediators' organisations and their members."""

from __future__ import annotations

import re
from typing import Annotated
from uuid import UUID

import typer

from cli.office import AsJson, account_of, at_work, show, uuid_of
from storage.accounts import organisations
from storage.accounts.administration import Office
from storage.accounts.organisations import Organisation

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

    async def act(office: Office) -> UUID:
        return await office.add_organisation(name, siret)

    made = at_work(act)
    show({"id": made}, as_json=as_json, lines=[f"Organisation {made} créée."])


@app.command("list")
def list_organisations(*, as_json: AsJson = False) -> None:
    """Liste les organisations."""

    async def act(office: Office) -> list[Organisation]:
        return await organisations.every(office.connection)

    found = at_work(act)
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

    async def act(office: Office) -> None:
        await office.attach(organisation, (await account_of(office, who)).id)

    at_work(act)
    typer.echo(f"{who} est membre.")


@member.command("remove")
def remove_member(which: Which, who: Who) -> None:
    """Retire un médiateur, avec effet immédiat."""
    organisation = uuid_of(which)

    async def act(office: Office) -> None:
        await office.detach(organisation, (await account_of(office, who)).id)

    at_work(act)
    typer.echo(f"{who} n'est plus membre.")


@member.command("list")
def list_members(which: Which, *, as_json: AsJson = False) -> None:
    """Liste les membres d'une organisation."""
    organisation = uuid_of(which)

    async def act(office: Office) -> list[UUID]:
        return await organisations.members(office.connection, organisation)

    found = at_work(act)
    show(found, as_json=as_json, lines=[str(one) for one in found])


def _set_enabled(which: str, *, enabled: bool) -> None:
    organisation = uuid_of(which)

    async def act(office: Office) -> None:
        await office.set_organisation_enabled(organisation, enabled=enabled)

    at_work(act)
