"""`guichet user`: accounts of agents, mediators and administrators; residents make theirs by signing in."""

import sys
from enum import StrEnum
from typing import Annotated

import typer

from cli.office import AsJson, at_work, email_of, on_account, show, uuid_of
from domain.calendar import civil
from domain.days_in_words import day_in_figures
from storage.accounts import accounts, identities
from storage.accounts.accounts import Account
from storage.accounts.administration import Office

app = typer.Typer(help="Comptes des agents, médiateurs et administrateurs.", no_args_is_help=True)

Who = Annotated[str, typer.Argument(metavar="COMPTE", help="L'identifiant du compte, ou son adresse.")]


class Space(StrEnum):
    """Who has a password and a second factor."""

    agent = "agent"
    mediator = "mediator"
    administrator = "administrator"


class AnySpace(StrEnum):
    """Everybody who has an account."""

    resident = "resident"
    agent = "agent"
    mediator = "mediator"
    administrator = "administrator"


@app.command("add")
def add(
    email: Annotated[str, typer.Option(help="Son adresse électronique.")],
    name: Annotated[str, typer.Option(help="Son nom, tel que les dossiers le diront.")],
    *,
    audience: Annotated[Space, typer.Option(help="Son espace.")] = Space.agent,
    organisation: Annotated[str | None, typer.Option(help="L'organisation d'un médiateur (UUID).")] = None,
    password_stdin: Annotated[
        bool, typer.Option("--password-stdin", help="Lire le mot de passe sur l'entrée standard.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Crée un compte ; montre une seule fois le mot de passe tiré au sort et le second facteur à enregistrer."""
    address = email_of(email)
    member_of = uuid_of(organisation) if organisation else None
    password = sys.stdin.readline().rstrip("\n") if password_stdin else None

    made = at_work(
        lambda office: office.add_staff(audience.value, address, name, password=password, organisation=member_of)
    )
    lines = [f"Compte {made.id} ({audience.value}) créé."]
    lines += [f"Mot de passe (montré une seule fois) : {made.password}"] if made.password else []
    lines.append(f"Second facteur (montré une seule fois) : {made.otpauth_uri}")
    show(made, as_json=as_json, lines=lines)


@app.command("list")
def list_users(
    *,
    audience: Annotated[AnySpace | None, typer.Option(help="Un seul espace.")] = None,
    as_json: AsJson = False,
) -> None:
    """Liste les comptes, du plus ancien au plus récent."""
    space = audience.value if audience else None

    async def act(office: Office) -> list[Account]:
        found: list[Account] = []
        while True:
            last = found[-1].id if found else None
            page = await accounts.page(office.connection, office.master, audience=space, after=last, limit=500)
            found += page
            if len(page) < 500:
                return found

    found = at_work(act)
    show(found, as_json=as_json, lines=[line(one) for one in found])


@app.command("disable")
def disable(who: Who) -> None:
    """Ferme un compte, et ses sessions sur-le-champ."""
    on_account(who, Office.disable)
    typer.echo("Compte fermé ; ses sessions sont finies.")


@app.command("enable")
def enable(who: Who) -> None:
    """Rouvre un compte fermé."""
    on_account(who, Office.enable)
    typer.echo("Compte rouvert.")


@app.command("reset-second-factor")
def reset_second_factor(who: Who, *, as_json: AsJson = False) -> None:
    """Remplace le second facteur ; les sessions du compte sont finies."""
    uri = on_account(who, Office.reset_second_factor)
    show({"otpauth_uri": uri}, as_json=as_json, lines=[f"Second facteur (montré une seule fois) : {uri}"])


@app.command("reset-password")
def reset_password(who: Who, *, as_json: AsJson = False) -> None:
    """Remplace le mot de passe ; les sessions du compte sont finies."""
    password = on_account(who, Office.reset_password)
    show({"password": password}, as_json=as_json, lines=[f"Mot de passe (montré une seule fois) : {password}"])


@app.command("identities")
def list_identities(who: Who, *, as_json: AsJson = False) -> None:
    """Liste les fournisseurs OpenID (FranceConnect, ProConnect) qui ouvrent un compte."""
    found = on_account(who, lambda office, account: identities.of_account(office.connection, account))
    lines = [f"{one.issuer}  depuis le {day_in_figures(civil(one.created_at))}" for one in found]
    show(found, as_json=as_json, lines=lines or ["Aucun : ce compte ne s'ouvre par aucun fournisseur."])


@app.command("unbind")
def unbind(
    who: Who, *, issuer: Annotated[str, typer.Option(help="Le fournisseur, tel que la liste le donne.")]
) -> None:
    """Délie un compte d'un fournisseur OpenID ; ses sessions sont finies."""
    on_account(who, lambda office, account: office.unbind(account, issuer))
    typer.echo(
        "Compte délié ; ses sessions sont finies. La prochaine connexion par ce fournisseur le liera de nouveau."
    )


def line(one: Account) -> str:
    """An account as a person reads it."""
    state = "fermé" if one.disabled_at else "ouvert"
    return f"{one.id}  {one.audience:<13} {state:<7} {one.email}  {one.name}".rstrip()
