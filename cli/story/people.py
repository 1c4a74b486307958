"""The people of the demonstration: who they are, and how each signs in.

Accounts are made once; at each start their passwords and second factors are renewed, so that none is kept anywhere.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from urllib.parse import parse_qs, urlsplit
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncConnection

from catalogue.loader import catalogue
from cli.story.identities import ANNA, HELPED, RESIDENT, YVES
from domain.permissions import Scope
from storage.accounts import accounts, identities, organisations
from storage.accounts.accounts import AlreadyExists, Audience, Unknown
from storage.accounts.administration import Office
from storage.engine.database import OPERATING, Context, Database, acts_for
from storage.engine.settings import Settings

ORGANISATION = "France services du Cap (démonstration)"
GROUP_OF: Mapping[str, tuple[str, str]] = {
    "autonomie": ("autonomie", "Autonomie"),
    "insertion": ("insertion", "Insertion et RSA"),
    "juridique": ("juridique", "Affaires juridiques"),
    "logement": ("logement", "Logement"),
    "mobilites": ("mobilites", "Transports scolaires"),
    "pmi": ("pmi", "Protection maternelle et infantile"),
    "prada": ("documents", "Accès aux documents"),
    "routes": ("routes", "Routes"),
    "territoires": ("territoires", "Aides aux communes"),
    "vie-associative": ("vie-associative", "Vie associative"),
}
"""The group of each office that procedures name, and its title; another office is a group of its own name."""


def groups_of_everything() -> dict[str, tuple[str, tuple[str, ...]]]:
    """Each group by its slug: its title and its procedures. Every procedure has one: none waits in nobody's queue."""
    served: dict[str, tuple[str, tuple[str, ...]]] = {}
    for procedure in catalogue().slugs():
        office = catalogue().plan(procedure).office
        slug, title = GROUP_OF.get(office.key, (office.key, office.name))
        served[slug] = (title, (*served.get(slug, ("", ()))[1], procedure))
    return served


@dataclass(frozen=True, slots=True, kw_only=True)
class Staff:
    """Somebody who signs in by password and second factor; `secret` is the TOTP secret (base32)."""

    audience: Audience
    email: str
    name: str
    password: str
    secret: str


@dataclass(frozen=True, slots=True, kw_only=True)
class People:
    """Everybody of the demonstration; agents by their group; `token` is the system's."""

    agents: dict[str, Staff]
    mediator: Staff
    administrator: Staff
    token: str


async def everybody(settings: Settings) -> People:
    """Make sure that everybody exists, with fresh factors."""
    app, operator = Database(settings, "app", size=1), Database(settings, "operator", size=1)
    try:
        async with app.transaction(Context(audience="anonymous", subject=None)) as connection:
            await _residents(connection, settings)
        async with operator.transaction(OPERATING) as connection:
            return await _everybody(Office(connection, settings.master, None))
    finally:
        await app.close()
        await operator.close()


async def _everybody(office: Office) -> People:
    agents = {}
    for slug, (title, procedures) in groups_of_everything().items():
        staff, account = await _staff(office, "agent", f"{slug}@demonstration.example", f"Agent {title}")
        agents[slug] = staff
        await _group(office, slug, title, procedures, account)
    mediator, mediating = await _staff(office, "mediator", "mediatrice@demonstration.example", "Maëlle Cariou")
    await office.attach(await _organisation(office), mediating)
    administrator, _ = await _staff(office, "administrator", "admin@demonstration.example", "Administration")
    scopes = [Scope("acces-documents", verb) for verb in ("deposit", "read", "webhook")]
    created = await office.create_token("Portail associatif (démonstration)", scopes, timedelta(days=30))
    return People(agents=agents, mediator=mediator, administrator=administrator, token=created.token)


async def _residents(connection: AsyncConnection, settings: Settings) -> None:
    """Those of the stories have signed in there before: their addresses are proven."""
    for email, name, subject in ((RESIDENT, "Anna Le Goff", ANNA), (HELPED, "Yves Kerbrat", YVES)):
        account = await accounts.resident_of(connection, settings.master, email, name)
        if settings.franceconnect_issuer and account is not None:
            await acts_for(connection, Context(audience="resident", subject=account))
            issuer = settings.franceconnect_issuer
            await identities.bind(connection, settings.master, "resident", issuer, subject, account)


async def _staff(office: Office, audience: Audience, email: str, name: str) -> tuple[Staff, UUID]:
    try:
        known = (await accounts.find(office.connection, office.master, audience, email)).id
    except Unknown:
        made = await office.add_staff(audience, email, name, to_change=False)
        known, password, uri = made.id, made.password or "", made.otpauth_uri
    else:
        password, uri = await office.reset_password(known, to_change=False), await office.reset_second_factor(known)
    return Staff(audience=audience, email=email, name=name, password=password, secret=secret_of(uri)), known


async def _group(office: Office, slug: str, title: str, procedures: tuple[str, ...], agent: UUID) -> None:
    try:
        async with office.connection.begin_nested():
            await office.add_group(slug, title, procedures)
    except AlreadyExists:
        await office.serve(slug, procedures)
    await office.put_member(slug, agent, "signatory")


async def _organisation(office: Office) -> UUID:
    every = await organisations.every(office.connection)
    known = next((each.id for each in every if each.name == ORGANISATION), None)
    return known or await office.add_organisation(ORGANISATION, None)


def secret_of(uri: str) -> str:
    """The TOTP secret of an enrolment address (otpauth://…)."""
    return parse_qs(urlsplit(uri).query)["secret"][0]
