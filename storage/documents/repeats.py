"""Two clicks send one document: what the same person has just sent for the same piece is not kept again."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any, Final

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.documents.rows import READABLE, REAL_NOW, Document, Facts
from storage.engine.keys import DossierKey
from storage.tables.documents import document

SOON: Final = timedelta(minutes=5)
"""Within which the same file for the same piece is a second click, or a page sent again."""


async def just_sent(
    connection: AsyncConnection, key: DossierKey, row: Mapping[str, Any], facts: Facts, piece: str
) -> Document | None:
    """The document that its sender has just sent with the same name and content, if any.

    Those of one dossier come here one after the other, until their transactions end: of two clicks, one is first.
    """
    await connection.execute(select(func.pg_advisory_xact_lock(row["dossier"].int & (1 << 62) - 1)))
    wanted = (
        select(document)
        .where(
            document.c.dossier == row["dossier"],
            document.c.actor == row["actor"],
            document.c.piece == piece,
            document.c.status.in_(("waiting", *READABLE)),
            document.c.created_at > REAL_NOW - SOON,
        )
        .order_by(document.c.created_at)
    )
    found = [Document.of(one, key) for one in (await connection.execute(wanted)).mappings()]
    return next((one for one in found if one.facts == facts), None)
