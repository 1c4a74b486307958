"""Where systems want to be told of moves. The signing secret is sealed by the master key, and shown once."""

import base64
import secrets
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from sqlalchemy import func, select, update
from sqlalchemy.ext.asyncio import AsyncConnection
from uuid_utils.compat import uuid7

from storage.accounts.accounts import Unknown
from storage.engine.master_key import MasterKey
from storage.engine.rows import of_row
from storage.tables.webhooks import webhook_endpoint

KEPT = 2
"""Secrets kept: the one in force, and the one that it replaced, so that a receiver may change over."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Endpoint:
    """An address of a system, and the procedures (or `*`) of which it is told."""

    id: UUID
    url: str
    procedures: tuple[str, ...]
    created_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Secret:
    """A signing secret (`whsec_…`, Standard Webhooks), shown here only."""

    endpoint: Endpoint
    text: str = field(repr=False)


async def register(
    connection: AsyncConnection, master: MasterKey, system: UUID, url: str, procedures: Sequence[str]
) -> Secret:
    """Tell `url` of every move of those procedures from now on."""
    endpoint, secret = uuid7(), _drawn()
    values = {"id": endpoint, "system": system, "url": url, "procedures": sorted(set(procedures))}
    await connection.execute(webhook_endpoint.insert().values(**values, secret=_sealed(master, endpoint, [secret])))
    return Secret(endpoint=(await one(connection, system, endpoint)), text=secret)


async def every(connection: AsyncConnection, system: UUID) -> list[Endpoint]:
    """The addresses of a system that are in use, the oldest first."""
    found = select(webhook_endpoint).where(
        webhook_endpoint.c.system == system, webhook_endpoint.c.disabled_at.is_(None)
    )
    rows = (await connection.execute(found.order_by(webhook_endpoint.c.id))).mappings()
    return [of_row(Endpoint, row, procedures=tuple(row["procedures"])) for row in rows]


async def one(connection: AsyncConnection, system: UUID, endpoint: UUID) -> Endpoint:
    """One address of a system, in use. Raises Unknown."""
    found = next((each for each in await every(connection, system) if each.id == endpoint), None)
    if found is None:
        raise Unknown("Aucune adresse de ce système ne porte cet identifiant.")
    return found


async def rotate(connection: AsyncConnection, master: MasterKey, system: UUID, endpoint: UUID) -> Secret:
    """Draw another secret; deliveries are signed by both until the next rotation. Raises Unknown."""
    found = await one(connection, system, endpoint)
    sealed = select(webhook_endpoint.c.secret).where(webhook_endpoint.c.id == endpoint).with_for_update()
    before = secrets_of(master, endpoint, (await connection.execute(sealed)).scalar_one())
    secret = _drawn()
    kept = _sealed(master, endpoint, [secret, *before][:KEPT])
    await connection.execute(update(webhook_endpoint).where(webhook_endpoint.c.id == endpoint).values(secret=kept))
    return Secret(endpoint=found, text=secret)


async def remove(connection: AsyncConnection, system: UUID, endpoint: UUID) -> None:
    """Tell that address of nothing more; the deliveries made stay. Raises Unknown."""
    await one(connection, system, endpoint)
    await connection.execute(
        update(webhook_endpoint).where(webhook_endpoint.c.id == endpoint).values(disabled_at=func.clock_timestamp())
    )


def secrets_of(master: MasterKey, endpoint: UUID, sealed: bytes) -> tuple[str, ...]:
    """The secrets by which to sign, the one in force first."""
    return tuple(master.open(sealed, f"{endpoint}|webhook").decode().split("\n"))


def _sealed(master: MasterKey, endpoint: UUID, texts: Sequence[str]) -> bytes:
    return master.seal("\n".join(texts).encode(), f"{endpoint}|webhook")


def _drawn() -> str:
    return "whsec_" + base64.b64encode(secrets.token_bytes(32)).decode()
