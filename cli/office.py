"""Administration from the command line: as the role of the operator, whose acts are logged as such."""

import asyncio
import json
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import asdict, is_dataclass
from datetime import date
from decimal import Decimal
from typing import Annotated, Any, TypeVar
from uuid import UUID

import typer
from email_validator import EmailNotValidError, validate_email

from cli.configured import configured
from storage.accounts import accounts
from storage.accounts.accounts import STAFF, Account, AlreadyExists, Unknown
from storage.accounts.administration import NotAdmitted, Office
from storage.accounts.passwords import WeakPassword
from storage.engine.database import OPERATING, Database
from storage.engine.settings import Settings

T = TypeVar("T")

AsJson = Annotated[bool, typer.Option("--json", help="Imprimer le résultat en JSON.")]


def at_work(act: Callable[[Office], Awaitable[T]]) -> T:
    """Do one act in one transaction. Leaves with 1 and a sentence when it is refused."""
    try:
        return asyncio.run(_at_work(configured("operator"), act))
    except (Unknown, AlreadyExists, NotAdmitted, WeakPassword) as refusal:
        typer.echo(str(refusal), err=True)
        raise typer.Exit(1) from None


async def _at_work(settings: Settings, act: Callable[[Office], Awaitable[T]]) -> T:
    database = Database(settings, "operator", size=1)
    try:
        async with database.transaction(OPERATING) as connection:
            return await act(Office(connection, settings.master, None))
    finally:
        await database.close()


def on_account(named: str, act: Callable[[Office, UUID], Awaitable[T]]) -> T:
    """Do one act on the account of that identifier or address, as `at_work` does."""

    async def found(office: Office) -> T:
        return await act(office, (await _account_of(office, named)).id)

    return at_work(found)


async def _account_of(office: Office, named: str) -> Account:
    """The account of an identifier, or the only one of staff that has this address. Raises Unknown, NotAdmitted."""
    if "@" not in named:
        return await accounts.read(office.connection, office.master, uuid_of(named))
    found = []
    for audience in STAFF:
        try:
            found.append(await accounts.find(office.connection, office.master, audience, named))
        except Unknown:
            continue
    if not found:
        raise Unknown(f"Aucun agent, médiateur ni administrateur n'a l'adresse {named}.")
    if len(found) > 1:
        which = ", ".join(f"{one.id} ({one.audience})" for one in found)
        raise NotAdmitted(f"Plusieurs comptes ont cette adresse : donnez l'identifiant. {which}")
    return found[0]


def uuid_of(text: str) -> UUID:
    """An identifier as it is typed. Raises BadParameter."""
    try:
        return UUID(text)
    except ValueError:
        raise typer.BadParameter(f"« {text} » n'est pas un identifiant (UUID).") from None


def email_of(text: str) -> str:
    """An e-mail address as it is typed. Raises BadParameter."""
    try:
        address = validate_email(text, check_deliverability=False)
    except EmailNotValidError:
        raise typer.BadParameter(f"« {text} » n'est pas une adresse électronique.") from None
    if address.ascii_email is None:
        raise typer.BadParameter(f"« {text} » a un accent avant le « @ » : aucun courriel n'y arriverait.")
    return address.normalized


def show(found: object, *, as_json: bool, lines: Sequence[str]) -> None:
    """Print what was found or made, as JSON or as a person reads it."""
    typer.echo(json.dumps(document(found), ensure_ascii=False) if as_json else "\n".join(lines))


def document(found: Any) -> Any:
    """A value as JSON shows it: instants in RFC 3339, identifiers as text."""
    match found:
        case date():  # an instant is one too
            return found.isoformat()
        case UUID() | Decimal():
            return str(found)
        case Mapping():
            return {key: document(value) for key, value in found.items()}
        case list() | tuple():
            return [document(value) for value in found]
    return document(asdict(found)) if is_dataclass(found) and not isinstance(found, type) else found
