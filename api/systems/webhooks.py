"""Webhook endpoints of a system (Standard Webhooks): registered, listed, their secret rotated, removed."""

from datetime import datetime
from typing import Annotated
from urllib.parse import urlsplit
from uuid import UUID

from pydantic import AfterValidator, Field
from sqlalchemy.ext.asyncio import AsyncConnection

from api.http import problem_types as types
from api.http.inputs import In, Out
from api.http.problems import FieldError, Problem, nothing_recorded
from api.http.rooms import Room
from api.services import Use
from api.sign_in import limits
from api.sign_in.identity import Machine, System
from storage.accounts import webhooks
from storage.accounts.accounts import Unknown
from storage.egress import Egress, ForbiddenAddress, Unanswered
from storage.engine.settings import Mode

router = Room()
FORBIDDEN = (
    "Cette adresse ne serait jamais appelée. Donnez une adresse publique, en https, sur le port 443 ou 8443, sans"
    " identifiants."
)


def _reachable(url: str) -> str:
    parts = urlsplit(url)
    if parts.scheme not in {"https", "http"} or not parts.hostname or parts.username or parts.fragment:
        raise ValueError("une adresse https, sans identifiants ni fragment, est attendue")
    return url


class WebhookIn(In):
    """An address to tell, and the procedures (or `*`) whose moves it is told."""

    url: Annotated[str, Field(max_length=2000), AfterValidator(_reachable)]
    procedures: Annotated[
        tuple[Annotated[str, Field(pattern=r"^(\*|[a-z0-9]+(-[a-z0-9]+)*)$")], ...], Field(min_length=1)
    ]


class WebhookOut(Out):
    """An address, without its secret."""

    id: UUID
    url: str
    procedures: tuple[str, ...]
    created_at: datetime


class WebhookSecretOut(WebhookOut):
    """An address with its signing secret, shown this once."""

    secret: str

    @classmethod
    def once(cls, secret: webhooks.Secret) -> "WebhookSecretOut":
        """The answer that follows a registration or a rotation."""
        return cls(**WebhookOut.model_validate(secret.endpoint).model_dump(), secret=secret.text)


@router.post("/webhooks", status_code=201)
async def register_webhook(body: WebhookIn, system: System, services: Use) -> WebhookSecretOut:
    """Be told of every move, signed; the secret is shown once."""
    for procedure in body.procedures:
        system.refuse_unless(procedure, "webhook")
    await limits.count_own(services, limits.WEBHOOKS, system.id)
    await _refuse_forbidden(body.url, services.settings.mode)
    async with services.database.transaction(system.context) as connection:
        made = await webhooks.register(connection, services.master, system.id, body.url, body.procedures)
    return WebhookSecretOut.once(made)


@router.get("/webhooks")
async def list_webhooks(system: System, services: Use) -> list[WebhookOut]:
    """The addresses of my system that this token covers, the oldest first."""
    system.refuse_without("webhook")
    async with services.database.transaction(system.context) as connection:
        found = await webhooks.every(connection, system.id)
    return [WebhookOut.model_validate(one) for one in found if system.covers(one.procedures, "webhook")]


@router.post("/webhooks/{endpoint}/rotate")
async def rotate_webhook_secret(endpoint: UUID, system: System, services: Use) -> WebhookSecretOut:
    """Draw another secret; deliveries carry both signatures until the next rotation."""
    async with services.database.transaction(system.context) as connection:
        await _refuse_uncovered(connection, system, endpoint)
        return WebhookSecretOut.once(await webhooks.rotate(connection, services.master, system.id, endpoint))


@router.delete("/webhooks/{endpoint}", status_code=204)
async def remove_webhook(endpoint: UUID, system: System, services: Use) -> None:
    """Be told of nothing more at that address."""
    async with services.database.transaction(system.context) as connection:
        await _refuse_uncovered(connection, system, endpoint)
        await webhooks.remove(connection, system.id, endpoint)


async def _refuse_uncovered(connection: AsyncConnection, system: Machine, endpoint: UUID) -> None:
    """Raises Refused unless the token gives `webhook` on all that is told there; Problem for another's address."""
    system.refuse_without("webhook")
    try:
        found = await webhooks.one(connection, system.id, endpoint)
    except Unknown as error:
        raise _not_found() from error
    for procedure in found.procedures:
        system.refuse_unless(procedure, "webhook")


async def _refuse_forbidden(url: str, mode: Mode) -> None:
    """Judge the address as each delivery will; a name that does not resolve yet is judged then."""
    try:
        await Egress(strict=mode == "production").judge(url)
    except ForbiddenAddress as error:
        refused = FieldError("/url", "forbidden_address", FORBIDDEN)
        raise Problem(types.VALIDATION_FAILED, nothing_recorded(1), (refused,)) from error
    except Unanswered:
        return


def _not_found() -> Problem:
    return Problem(types.NOT_FOUND, "Aucune adresse de ce système ne porte cet identifiant.")
