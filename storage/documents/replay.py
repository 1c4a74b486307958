"""An upload sent again under its Idempotency-Key is answered as the first time, and kept once."""

import hashlib
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.documents.checks.kinds import BY_MEDIA_TYPE, renamed
from storage.documents.checks.names import LONGEST, checked_name
from storage.documents.checks.refusals import Reason
from storage.documents.intake import UploadInFlight
from storage.documents.rows import REAL_NOW, Document, Facts, give_up
from storage.engine.keys import DossierKey
from storage.tables.documents import document


class KeyReused(Exception):
    """The same Idempotency-Key was used for another content, name or piece: use a new one."""


class Replay:
    """An upload already kept, sent again under its Idempotency-Key: read to its end, compared, kept no second time."""

    def __init__(self, earlier: Document) -> None:
        self._earlier = earlier
        self._digest = hashlib.sha256()

    async def add(self, piece: bytes) -> None:
        """Take the next bytes."""
        self._digest.update(piece)

    async def finish(self, name: str, piece: str) -> Document:
        """The document kept the first time. Raises KeyReused when this one is another."""
        facts = self._earlier.facts
        same = facts is not None and facts.sha256 == self._digest.hexdigest() and facts.name == _kept_as(name, facts)
        if not same or self._earlier.piece != piece:
            raise KeyReused
        return self._earlier


def _kept_as(name: str, facts: Facts) -> str:
    return renamed(checked_name(name), BY_MEDIA_TYPE[facts.media_type], LONGEST)


async def earlier_upload(
    connection: AsyncConnection, key: DossierKey, dossier: UUID, actor: UUID | None, idempotency_key: str
) -> Document | None:
    """The document kept under this Idempotency-Key, if any; an upload long silent is given up.

    Raises UploadInFlight while another one is arriving.
    """
    wanted = select(document, (document.c.claimed_until > REAL_NOW).label("busy")).where(
        document.c.dossier == dossier, document.c.actor == actor, document.c.idempotency_key == idempotency_key
    )
    row = (await connection.execute(wanted)).mappings().first()
    if row is None:
        return None
    if row["status"] != "receiving":
        return Document.of(row, key)
    if row["busy"] or not await give_up(connection, row["id"], Reason.TRUNCATED, unclaimed=True):
        raise UploadInFlight
    return None
