"""Clients that file whatever happens: each request is repeated under its own key until it is acknowledged."""

import asyncio
import io
import json
import random
import time
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

import pikepdf

from benchmarks.prepared import SignedIn
from benchmarks.wire import Wire
from catalogue.examples import example
from catalogue.loader import catalogue

PROCEDURES = ("acces-documents", "agrement-assistant-maternel", "apa-domicile")
UPLOAD_EVERY = 5
PATIENCE = 120.0
"""Seconds after which a request that is never acknowledged is recorded as of unknown outcome."""
_ANSWER_WITHIN = 20.0
_BOUNDARY = "guichet-mesure"


class Unexpected(RuntimeError):
    """An answer that no fault explains."""


@dataclass(slots=True)
class Claim:
    """What one client holds: `reference` once acknowledged; without it, `id` exists once or not at all."""

    number: int
    procedure: str
    id: UUID | None = None
    reference: str | None = None
    documents: list[UUID] = field(default_factory=list)


@dataclass(slots=True)
class Seen:
    """What the clients went through: answers by status, connections broken before the answer."""

    statuses: Counter[int] = field(default_factory=Counter)
    broken: int = 0


class Filer:
    """One client, who files as one resident; keys are drawn from `rng`, so that a seed gives the same requests."""

    def __init__(self, address: tuple[str, int], owner: SignedIn, rng: random.Random, seen: Seen) -> None:
        self.wire, self.owner, self.rng, self.seen = Wire(*address), owner, rng, seen

    async def file_all(self, claims: Iterable[tuple[float, Claim]], began: float) -> None:
        """File each claim, not before its instant (seconds after `began`, monotonic)."""
        for instant, claim in claims:
            await asyncio.sleep(max(0.0, began + instant - time.monotonic()))
            await self.file(claim)
        self.wire.close()

    async def file(self, claim: Claim) -> None:
        """From nothing to the acknowledgement: draft, pages, sometimes a document, submit."""
        begun = await self._insist("POST", "drafts", {"procedure": claim.procedure})
        if begun is None:
            return
        claim.id = UUID(begun["id"])
        form = example(claim.procedure)["form"]
        for page in begun["pages"]:
            if page in form and await self._insist("PATCH", f"drafts/{claim.id}/pages/{page}", form[page]) is None:
                return
        if claim.number % UPLOAD_EVERY == 0:
            await self._send_document(claim)
        filed = await self._insist("POST", f"drafts/{claim.id}/submit", {"incomplete": True})
        if filed is not None:
            claim.reference = filed["reference"]

    async def _send_document(self, claim: Claim) -> None:
        piece = catalogue().plan(claim.procedure).pieces[0].key
        kind = f"multipart/form-data; boundary={_BOUNDARY}"
        path = f"drafts/{claim.id}/documents?piece={piece}"
        sent = await self._insist("POST", path, multipart(one_page()), {"content-type": kind})
        if sent is not None:
            claim.documents.append(UUID(sent["id"]))

    async def _insist(self, method: str, path: str, body: Any, more: dict[str, str] | None = None) -> Any:
        """The answer, asked for as many times as it takes; None after PATIENCE. Raises Unexpected."""
        headers = self.owner.headers | (more or {})
        key = self._key()
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            said = headers | {"idempotency-key": key}
            answer = await self._once(method, f"/v1/residents/{path}", said, body)
            if answer is not None:
                status, content = answer
                self.seen.statuses[status] += 1
                if status in {200, 201}:
                    return json.loads(content)
                kind = _kind(content)
                if kind == "/problems/upload-in-flight":
                    # The process that was receiving it died: the same file, as another upload.
                    key = self._key()
                elif status < 500 and status != 429 and "in-flight" not in kind:
                    raise Unexpected(f"{method} {path} → {status} {content[:500].decode(errors='replace')}")
            await asyncio.sleep(0.1 + self.rng.random() * 0.4)
        return None

    async def _once(self, method: str, path: str, headers: dict[str, str], body: Any) -> tuple[int, bytes] | None:
        """One attempt; None when the connection broke and nobody knows what was done."""
        try:
            async with asyncio.timeout(_ANSWER_WITHIN):
                return await self.wire.request(method, path, headers=headers, body=body)
        except ConnectionRefusedError:
            # Nothing was sent.
            return None
        except (OSError, asyncio.IncompleteReadError, TimeoutError):
            self.seen.broken += 1
            return None

    def _key(self) -> str:
        return f"{self.rng.getrandbits(128):032x}"


def one_page() -> bytes:
    """A PDF of one blank page."""
    with pikepdf.new() as pdf, io.BytesIO() as file:
        pdf.add_blank_page()
        pdf.save(file)
        return file.getvalue()


def multipart(content: bytes) -> bytes:
    """The body of an upload of one PDF."""
    head = f'--{_BOUNDARY}\r\ncontent-disposition: form-data; name="file"; filename="piece.pdf"\r\n'
    return f"{head}content-type: application/pdf\r\n\r\n".encode() + content + f"\r\n--{_BOUNDARY}--\r\n".encode()


def _kind(content: bytes) -> str:
    """The `type` of a problem; empty when the answer is none."""
    try:
        said = json.loads(content)
    except ValueError:
        return ""
    return str(said.get("type", "")) if isinstance(said, dict) else ""
