"""A document on its way in: watched, sealed and written to the quarantine as it comes, never whole in memory.

Each line of this file may be the last one executed. The row comes first, so whatever object exists has a row; the
row says `waiting` only once the object is whole and judged; what is neither is given up by the reconciler.
"""

import asyncio
import hmac
import os
import time
from contextlib import ExitStack
from dataclasses import dataclass
from types import TracebackType
from typing import Final, Self
from uuid import UUID

import structlog
from sqlalchemy import insert
from sqlalchemy.exc import DBAPIError, IntegrityError
from uuid_utils.compat import uuid7

from domain.actors import Actor
from storage.documents.checks.examine import Examined
from storage.documents.checks.kinds import renamed
from storage.documents.checks.names import LONGEST, checked_name
from storage.documents.checks.refusals import DocumentRefused, Reason
from storage.documents.checks.stream_watch import LARGEST, StreamWatch
from storage.documents.repeats import just_sent
from storage.documents.rows import (
    CLAIM,
    FREE,
    REAL_NOW,
    Document,
    Facts,
    change,
    give_up,
    quarantine_key,
    stream_context,
    vault_key,
)
from storage.documents.sandbox import EXAMINED, examine_apart
from storage.engine.database import Context, Database
from storage.objects.moves import PartedWrite
from storage.objects.sealed_reading import sealed_file
from storage.objects.sealed_stream import Sealer
from storage.objects.store import ObjectStore, StoreUnavailable
from storage.register import outbox
from storage.tables.documents import document

RENEW: Final = 30.0
log = structlog.get_logger(__name__)


class UploadInterrupted(Exception):
    """The row of this upload was given up meanwhile (it was silent too long): nothing was kept, send it again."""


class UploadInFlight(Exception):
    """The same Idempotency-Key is being used by an upload that is still arriving: wait, then ask again."""


class SentTwice(Exception):
    """The same person has just sent the same file for the same piece (a second click): `kept` is the first."""

    def __init__(self, kept: Document) -> None:
        self.kept = kept
        super().__init__(kept.id)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """What is said of an upload before its bytes: whose, by whom, its name, its declared media type.

    `limit` in bytes; `once`: another like it, just after, is the same; `digest`, when the sender gives one, is the
    SHA-256 that the content must have.
    """

    dossier: UUID
    actor: Actor
    name: str
    declared: str = ""
    piece: str = FREE
    limit: int = LARGEST
    idempotency_key: str | None = None
    once: bool = False
    digest: bytes | None = None


class Intake:
    """One upload: `async with Intake(...) as intake`, `await intake.add(bytes)`, `await intake.finish()`.

    A block that raises gives everything back: no row that counts, no object.
    """

    def __init__(self, database: Database, store: ObjectStore, context: Context, sent: Sent, *, scanned: bool) -> None:
        self._database, self._store, self._context = database, store, context
        self._sent, self._scanned = sent, scanned
        self.id: UUID = uuid7()
        self._object = quarantine_key(self.id, os.urandom(16))
        self._name = checked_name(sent.name)
        self._watch = StreamWatch(self._name, sent.declared, sent.limit)
        self._write = PartedWrite(store, store.bucket, self._object)
        self._claimed = 0.0
        self._account = (sent.actor.kind, sent.actor.id)
        self._in_hand = ExitStack()

    async def __aenter__(self) -> Self:
        with ExitStack() as in_hand:
            in_hand.enter_context(EXAMINED.admitted(self._account))
            await self._begin()
            self._in_hand = in_hand.pop_all()
        return self

    async def _begin(self) -> None:
        self._key = await self._database.keys.of(self._sent.dossier)
        self._sealer = Sealer(self._key.derive("documents"), stream_context(self._sent.dossier, self.id))
        try:
            async with self._database.transaction(self._context) as connection:
                await connection.execute(insert(document).values(self._row()))
        except IntegrityError as error:
            raise UploadInFlight from error
        self._claimed = time.monotonic()
        await self._write.add(self._sealer.header)

    @property
    def size(self) -> int:
        """Bytes received so far."""
        return self._watch.size

    async def add(self, piece: bytes) -> None:
        """Take the next bytes. Raises DocumentRefused, StoreUnavailable, UploadInterrupted."""
        self._watch.see(piece)
        await self._write.add(self._sealer.add(piece))
        if time.monotonic() - self._claimed > RENEW:
            await self._renew()

    async def finish(self, piece: str | None = None, digest: bytes | None = None) -> Document:
        """The whole has come: judge it and keep it, waiting for its scan. Raises DocumentRefused, UploadInterrupted,
        SentTwice.

        `piece` and `digest` are given here when the sender said them after the bytes.
        """
        found = self._watch.finish()
        for expected in (self._sent.digest, digest):
            if expected is not None and not hmac.compare_digest(expected, found):
                raise DocumentRefused(
                    Reason.DIGEST,
                    "L'empreinte reçue (SHA-256) n'est pas celle du contenu : l'envoi a été altéré. Renvoyez-le.",
                )
        await self._write.add(self._sealer.finish())
        await self._write.close()
        examined = await self._examine()
        name = renamed(self._name, examined.kind, LONGEST)
        facts = Facts(name, examined.kind.media_type, self._watch.size, found.hex(), tuple(sorted(examined.flags)))
        return await self._settle(facts, piece or self._sent.piece)

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        with self._in_hand:
            if kind is not None:
                await asyncio.shield(self._give_back(error))

    def _row(self) -> dict[str, object]:
        sent = self._sent
        return {
            "id": self.id,
            "dossier": sent.dossier,
            "piece": sent.piece,
            "quarantine": self._object,
            "actor_kind": sent.actor.kind,
            "actor": sent.actor.id,
            "mandate": sent.actor.mandate,
            "idempotency_key": sent.idempotency_key,
            "claimed_until": REAL_NOW + CLAIM,
        }

    async def _renew(self) -> None:
        async with self._database.transaction(self._context) as connection:
            held = await change(connection, self.id, ("receiving",), claimed_until=REAL_NOW + CLAIM)
        if held is None:
            raise UploadInterrupted
        self._claimed = time.monotonic()

    async def _examine(self) -> Examined:
        """Judge the whole, in a process apart, at its sender's turn; the claim on the row is renewed until then."""
        judging = asyncio.ensure_future(EXAMINED.run(self._account, self._examine_apart))
        try:
            while not judging.done():
                await self._renew()
                await asyncio.wait({judging}, timeout=RENEW)
            return judging.result()
        finally:
            judging.cancel()  # who is gone waits no more

    def _examine_apart(self) -> Examined:
        length, context = self._watch.size, stream_context(self._sent.dossier, self.id)
        with sealed_file(self._store, self._object, length, self._key.derive("documents"), context) as file:
            return examine_apart(file, length, self._name, self._sent.declared)

    async def _settle(self, facts: Facts, piece: str) -> Document:
        """From here on the document is kept. Unless a scanner is waited for, its move to the vault is ours to make."""
        target = vault_key(self._key, self._sent.dossier, self.id, facts.sha256)
        async with self._database.transaction(self._context) as connection:
            if self._sent.once and (kept := await just_sent(connection, self._key, self._row(), facts, piece)):
                raise SentTwice(kept)
            row = await change(
                connection,
                self.id,
                ("receiving",),
                status="waiting",
                piece=piece,
                facts=facts.seal(self._key, self.id),
                vault=target,
                claimed_until=None if self._scanned else REAL_NOW + CLAIM,
            )
            if row is not None and self._scanned:
                await outbox.add(connection, "document", str(self.id))
        if row is None:
            raise UploadInterrupted
        return Document.of(row, self._key)

    async def _give_back(self, error: BaseException | None) -> None:
        """Say why the row does not count, then delete what was written. The reconciler does what we cannot."""
        reason = error.reason if isinstance(error, DocumentRefused) else Reason.TRUNCATED
        try:
            async with self._database.transaction(self._context) as connection:
                await give_up(connection, self.id, reason)
            await self._write.abort()
            await self._store.delete(self._store.bucket, self._object)
            async with self._database.transaction(self._context) as connection:
                await change(connection, self.id, ("refused",), quarantine=None)
        except (DBAPIError, StoreUnavailable) as away:
            log.warning("upload left to the reconciler", document=str(self.id), kind=type(away).__name__)
