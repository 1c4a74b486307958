"""What acts rested on, by content: a letter's template, rules, parameters. Kept for ever, never edited."""

import hashlib
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.tables.law import published


class NotPublished(LookupError):
    """No text of this hash was ever used."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Published:
    """One text of the catalogue as it was on the day it was used."""

    sha256: bytes
    kind: str
    name: str
    body: bytes


async def publish(connection: AsyncConnection, *, kind: str, name: str, body: bytes) -> bytes:
    """Keep a text that an act is about to rest on; give its SHA-256. The second time, nothing is written."""
    sha256 = hashlib.sha256(body).digest()
    row = {"sha256": sha256, "kind": kind, "name": name, "body": body}
    await connection.execute(insert(published).values(**row).on_conflict_do_nothing())
    return sha256


async def read(connection: AsyncConnection, sha256: bytes) -> Published:
    """The text of that hash. Raises NotPublished, also when the stored bytes are no longer those of the hash."""
    columns = (published.c.sha256, published.c.kind, published.c.name, published.c.body)
    row = (await connection.execute(select(*columns).where(published.c.sha256 == sha256))).first()
    if row is None or hashlib.sha256(row.body).digest() != sha256:
        raise NotPublished(f"Aucun texte publié n'a l'empreinte {sha256.hex()}.")
    return Published(sha256=row.sha256, kind=row.kind, name=row.name, body=row.body)
