"""One file received: its parts read as they come, handed to the intake, or compared with what was kept before."""

import base64
import binascii
import re
from collections.abc import Callable, Mapping
from contextlib import AsyncExitStack
from dataclasses import dataclass
from typing import ClassVar, Final
from uuid import UUID

from starlette.requests import Request

from api.documents.problems import (
    DIGEST_MALFORMED,
    FULL,
    IN_FLIGHT,
    INTERRUPTED,
    ONE_FILE,
    REFUSED,
    TOO_MANY_AT_ONCE,
    told,
)
from api.http.multipart import BrokenMultipart, Multipart, Part
from api.http.problems import Problem
from api.services import Services
from api.sign_in import limits
from domain.actors import Actor
from domain.refusals import Refused
from storage.documents.checks.kinds import ACCEPTED_WORDS, BY_EXTENSION
from storage.documents.checks.refusals import DocumentRefused, Reason
from storage.documents.checks.stream_watch import LARGEST, LARGEST_IDENTITY, MEGABYTE, too_large
from storage.documents.intake import Intake, Sent, SentTwice
from storage.documents.replay import Replay, earlier_upload
from storage.documents.rows import FREE, Document, refuse_if_full
from storage.engine.database import Context

_HEX: Final = re.compile(r"[0-9a-fA-F]{64}")
_DIGEST: Final = re.compile(r"(?:^|,)\s*sha-256=:([A-Za-z0-9+/=]+):")


OF_THE_FILE: Final = frozenset({*REFUSED.values(), FULL, IN_FLIGHT, INTERRUPTED, ONE_FILE, TOO_MANY_AT_ONCE})
"""Problems of one file: those sent with it are kept all the same."""


@dataclass(frozen=True, slots=True)
class Admitted:
    """What may be sent for a piece (of identity, or not), as it is said before a file is chosen."""

    identity: bool = False
    formats: ClassVar[str] = ACCEPTED_WORDS
    accept: ClassVar[str] = ",".join(f".{extension}" for extension in sorted(BY_EXTENSION))

    @property
    def limit(self) -> int:
        """In bytes."""
        return LARGEST_IDENTITY if self.identity else LARGEST

    @property
    def megabytes(self) -> int:
        """The same, as people say it."""
        return self.limit // MEGABYTE


@dataclass(frozen=True, slots=True, kw_only=True)
class OneFile:
    """A file of a form: kept as a document, or refused for a problem; `again`: kept by an earlier click."""

    name: str
    document: Document | None = None
    again: bool = False
    problem: Problem | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Upload:
    """An upload about to be read: where it goes, who sends it, which pieces there are and which are of identity."""

    services: Services
    context: Context
    actor: Actor
    dossier: UUID
    identity: Mapping[str, bool]
    idempotency_key: str | None
    piece: str = FREE
    proof: Callable[[Mapping[str, str]], None] | None = None
    """What must hold of the fields that come before the file, for it to be read at all. Raises Problem."""

    async def receive(self, request: Request) -> tuple[Document, bool]:
        """The document kept, and whether it is new. Raises what `document_problems.told` tells."""
        body = Multipart(request)
        try:
            await self._count()
            async with AsyncExitStack() as stack:
                return await self._read(body, request, stack)
        except BrokenMultipart:
            raise
        except Exception:
            await body.drain()
            raise

    async def receive_each(self, request: Request) -> list[OneFile]:
        """Every file of a page's form, none when none was chosen: each is kept, or refused for itself alone.

        Raises Problem for what concerns them all, BrokenMultipart when the sender stops: those before it are kept.
        """
        body, fields, found = Multipart(request), dict[str, str](), list[OneFile]()
        proof = self.proof or _nothing
        try:
            await self._count()
            async for part in body.parts():
                if part.filename is None:
                    fields[part.name] = await body.text()
                elif part.filename:
                    proof(fields)
                    found.append(await self._one(part, body))
            proof(fields)
        except BrokenMultipart:
            raise
        except Exception:
            await body.drain()
            raise
        return found

    async def _count(self) -> None:
        limit = limits.DOCUMENTS_OF_SYSTEM if self.actor.kind == "system" else limits.DOCUMENTS
        await limits.count_own(self.services, limit, self.actor.id)

    async def _one(self, part: Part, body: Multipart) -> OneFile:
        name = (part.filename or "").encode(errors="replace").decode()
        try:
            with told():
                async with AsyncExitStack() as stack:
                    taker = await self._taker(part, stack, once=True)
                    async for piece in body.content():
                        await taker.add(piece)
                    return OneFile(name=name, document=(await self._finish(part, taker, {}))[0])
        except SentTwice as again:
            return OneFile(name=name, document=again.kept, again=True)
        except Problem as problem:
            if problem.type not in OF_THE_FILE:
                raise
            return OneFile(name=name, problem=problem)

    async def _read(self, body: Multipart, request: Request, stack: AsyncExitStack) -> tuple[Document, bool]:
        fields: dict[str, str] = {}
        taken: tuple[Part, Intake | Replay] | None = None
        async for part in body.parts():
            if part.filename is None:
                fields[part.name] = await body.text()
                continue
            if taken is not None:
                raise Problem(ONE_FILE, "Envoyez les fichiers l'un après l'autre : chacun a sa réponse.")
            if self.proof is not None:
                self.proof(fields)
            taken = part, await self._taker(part, stack)
            async for piece in body.content():
                await taken[1].add(piece)
        if taken is None:
            raise none_sent()
        if (whole := digest_of(request.headers.get("content-digest", ""))) not in (None, await body.digest()):
            raise DocumentRefused(Reason.DIGEST, f"L'envoi a été altéré (Content-Digest {whole and whole.hex()[:8]}…).")
        return await self._finish(*taken, fields)

    async def _taker(self, part: Part, stack: AsyncExitStack, *, once: bool = False) -> Intake | Replay:
        if not part.filename:
            raise none_sent()
        services, database = self.services, self.services.database
        key = await database.keys.of(self.dossier)
        async with database.transaction(self.context) as connection:
            if self.idempotency_key is not None:
                earlier = await earlier_upload(connection, key, self.dossier, self.actor.id, self.idempotency_key)
                if earlier is not None:
                    return Replay(earlier)
            await refuse_if_full(connection, self.dossier)
        sent = Sent(
            dossier=self.dossier,
            actor=self.actor,
            name=part.filename,
            declared=part.content_type,
            piece=self.piece,
            limit=self._limit(self.piece),
            idempotency_key=self.idempotency_key,
            once=once,
            digest=digest_of(part.digest),
        )
        intake = Intake(database, services.objects, self.context, sent, scanned=services.scanned)
        return await stack.enter_async_context(intake)

    async def _finish(self, part: Part, taker: Intake | Replay, fields: Mapping[str, str]) -> tuple[Document, bool]:
        piece = checked_piece(fields.get("piece", self.piece), self.identity)
        if isinstance(taker, Replay):
            return await taker.finish(part.filename or "", piece), False
        if taker.size > self._limit(piece):
            raise too_large(self._limit(piece))
        return await taker.finish(piece, hexadecimal(fields["sha256"]) if "sha256" in fields else None), True

    def _limit(self, piece: str) -> int:
        return Admitted(self.identity.get(piece, False)).limit


def _nothing(_: Mapping[str, str]) -> None:
    """No proof is asked."""


def checked_piece(said: str, known: Mapping[str, bool]) -> str:
    """The key of a piece that the procedure knows, or `free`. Raises Refused."""
    if said == FREE or said in known:
        return said
    raise Refused(
        "unknown_piece",
        f"La démarche ne connaît pas la pièce « {said[:100]} ».",
        what_to_do=f"Choisissez parmi : {', '.join([*sorted(known), FREE])}.",
    )


def none_sent() -> DocumentRefused:
    """The refusal of an upload without file."""
    return DocumentRefused(Reason.NONE, "Choisissez un fichier (champ « file »), puis envoyez-le.")


def digest_of(header: str) -> bytes | None:
    """The SHA-256 of a Content-Digest (RFC 9530), None when the header says none. Raises Problem."""
    if not header:
        return None
    found = _DIGEST.search(header)
    if found is None:
        return None
    try:
        digest = base64.b64decode(found[1], validate=True)
    except binascii.Error:
        digest = b""
    if len(digest) != 32:
        raise Problem(DIGEST_MALFORMED, "Content-Digest s'écrit « sha-256=:<base64 de 32 octets>: » (RFC 9530).")
    return digest


def hexadecimal(said: str) -> bytes:
    """The SHA-256 written in the field `sha256`. Raises Problem."""
    if not _HEX.fullmatch(said):
        raise Problem(DIGEST_MALFORMED, "Le champ « sha256 » fait 64 chiffres hexadécimaux.")
    return bytes.fromhex(said)
