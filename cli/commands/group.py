"""`guichet group`: agents' groups, the procedures they serve, their members and roles."""

from enum import StrEnum
from typing import Annotated

import typer

from cli.office import AsJson, at_work, on_account, show
from storage.accounts import groups

app = typer.Typer(help="Groupes d'agents : démarches servies, membres et rôles.", no_args_is_help=True)
member = typer.Typer(help="Membres d'un groupe.", no_args_is_help=True)
app.add_typer(member, name="member")

Slug = Annotated[str, typer.Argument(metavar="GROUPE", help="Le nom court du groupe, par exemple « pmi ».")]
Procedures = Annotated[list[str] | None, typer.Option("--procedure", help="Une démarche servie (répétable).")]
Who = Annotated[str, typer.Argument(metavar="COMPTE", help="L'identifiant de l'agent, ou son adresse.")]


class RoleName(StrEnum):
    """How far an agent may go in a group."""

    reader = "reader"
    instructor = "instructor"
    signatory = "signatory"


@app.command("add")
def add(slug: Slug, title: Annotated[str, typer.Option(help="Son nom entier.")], procedure: Procedures = None) -> None:
    """Crée un groupe."""
    at_work(lambda office: office.add_group(slug, title, procedure or []))
    typer.echo(f"Groupe « {slug} » créé.")


@app.command("serve")
def serve(slug: Slug, procedure: Procedures = None) -> None:
    """Remplace la liste des démarches que le groupe sert."""
    at_work(lambda office: office.serve(slug, procedure or []))
    typer.echo(f"Groupe « {slug} » : {', '.join(procedure or []) or 'aucune démarche'}.")


@app.command("list")
def list_groups(*, as_json: AsJson = False) -> None:
    """Liste les groupes."""
    found = at_work(lambda office: groups.every(office.connection))
    lines = [f"{one.slug}  {one.title}  [{', '.join(one.procedures)}]  membres : {one.members}" for one in found]
    show(found, as_json=as_json, lines=lines)


@member.command("add")
def add_member(
    slug: Slug, who: Who, *, role: Annotated[RoleName, typer.Option(help="Son rôle.")] = RoleName.instructor
) -> None:
    """Ajoute un agent, ou change son rôle."""
    on_account(who, lambda office, account: office.put_member(slug, account, role.value))
    typer.echo(f"{who} : {role.value} dans « {slug} ».")


@member.command("remove")
def remove_member(slug: Slug, who: Who) -> None:
    """Retire un agent du groupe, avec effet immédiat."""
    on_account(who, lambda office, account: office.remove_member(slug, account))
    typer.echo(f"{who} n'est plus dans « {slug} ».")


@member.command("list")
def list_members(slug: Slug, *, as_json: AsJson = False) -> None:
    """Liste les membres d'un groupe."""
    found = at_work(lambda office: groups.members(office.connection, slug))
    show(found, as_json=as_json, lines=[f"{one.account}  {one.role}" for one in found])
