"""What is answered of a document: its description, and its content to be saved, never shown in the page's origin."""

import re
import unicodedata
from collections.abc import AsyncIterator
from datetime import datetime
from typing import Final
from urllib.parse import quote
from uuid import UUID

from starlette.responses import StreamingResponse

from api.http.inputs import Out
from api.services import Services
from storage.documents.checks.kinds import BY_MEDIA_TYPE, extension_of, within
from storage.documents.rows import READABLE, Document, Facts
from storage.documents.vault import contents, readable

SAFE: Final = {
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "sandbox; default-src 'none'; frame-ancestors 'none'",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store",
}
LONGEST: Final = 120
"""Bytes of a document's name in an archive: Windows refuses to unpack a path above 260 characters."""


class DocumentOut(Out):
    """A document. `status`: `waiting` (being scanned), `clean`, `not_scanned`, `infected`, `lost`; `size` in bytes."""

    id: UUID
    piece: str
    status: str
    reason: str | None
    readable: bool
    name: str | None
    media_type: str | None
    size: int | None
    sha256: str | None
    flags: tuple[str, ...]
    created_at: datetime

    @classmethod
    def of(cls, found: Document) -> "DocumentOut":
        """As its readers see it."""
        facts = found.facts
        return cls(
            id=found.id,
            piece=found.piece,
            status=found.status,
            reason=found.reason,
            readable=found.status in READABLE,
            name=facts.name if facts else None,
            media_type=facts.media_type if facts else None,
            size=facts.size if facts else None,
            sha256=facts.sha256 if facts else None,
            flags=facts.flags if facts else (),
            created_at=found.created_at,
        )


async def content_answer(services: Services, found: Document) -> StreamingResponse:
    """The content, decrypted as it is sent. Raises what `document_problems.told` tells, before the first byte.

    A chunk found altered later ends the answer short of its Content-Length: the reader sees a failure, not a file.
    """
    facts = readable(found)
    key = (await services.database.keys.of(found.dossier)).derive("documents")
    pieces = contents(services.objects, key, found, facts)
    first = await first_of(pieces)

    async def sent() -> AsyncIterator[bytes]:
        yield first
        async for piece in pieces:
            yield piece

    return StreamingResponse(sent(), media_type=facts.media_type, headers=headers_of(facts))


async def first_of(pieces: AsyncIterator[bytes]) -> bytes:
    """The first bytes that are proven: nothing is answered before."""
    async for piece in pieces:
        if piece:
            return piece
    return b""


def headers_of(facts: Facts) -> dict[str, str]:
    """A download's headers: saved under its name, never interpreted nor kept."""
    return {**SAFE, "Content-Length": str(facts.size), "Content-Disposition": attachment(downloaded_name(facts))}


def downloaded_name(facts: Facts) -> str:
    """The name as it was sent, with the extension of what the file really is when it had none."""
    if extension_of(facts.name):
        return facts.name
    return f"{facts.name}.{BY_MEDIA_TYPE[facts.media_type].extensions[0]}"


def unpackable(name: str) -> str:
    """A name that every system unpacks, behind its rank and under any folder: short, without Windows' own signs."""
    stem, dot, extension = re.sub(r'[<>:"/\\|?*]', "_", name).rpartition(".")
    if not dot or len(extension) > 10:
        return within(f"{stem}{dot}{extension}", LONGEST)
    return f"{within(stem, LONGEST - len(extension) - 1).rstrip()}.{extension}"


def attachment(name: str) -> str:
    """`Content-Disposition` (RFC 6266): an ASCII name for old readers, and the real one (RFC 8187)."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    plain = "".join(c if c.isalnum() or c in " .-_()" else "_" for c in plain) or "document"
    return f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}"
