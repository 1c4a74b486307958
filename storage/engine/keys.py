"""One key per dossier (AES-256-GCM), wrapped by the master key, in a database of its own.

Destroying a key is the purge: whatever was sealed under it, wherever a copy lies, does not open any more.
"""

import hashlib
import hmac
import os
import time
from collections import OrderedDict
from collections.abc import Sequence
from functools import cached_property
from uuid import UUID

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDFExpand

from storage.engine.connections import Connections
from storage.engine.master_key import KEY_LENGTH, open_under, seal_under
from storage.engine.questions import asking
from storage.engine.settings import Settings

REMEMBERED_SECONDS = 60.0
REMEMBERED = 10_000
SIZE = 8
"""Connections of a process to the keys' database."""


class KeyDestroyed(LookupError):
    """The dossier was purged: its key is gone, and with it everything sealed under it."""

    def __init__(self, dossier: UUID) -> None:
        self.dossier = dossier
        super().__init__(f"La clé du dossier {dossier} est détruite : son contenu ne peut plus être lu.")


class KeyUnknown(LookupError):
    """No key was ever made for this identifier."""

    def __init__(self, dossier: UUID) -> None:
        self.dossier = dossier
        super().__init__(f"Aucune clé n'existe pour {dossier} : la base des clés est-elle celle de cette base ?")


class DossierKey:
    """Seals and opens what belongs to one dossier. `context` says what it is and where: "journal|<dossier>|<seq>"."""

    def __init__(self, secret: bytes) -> None:
        self._secret = secret

    def seal(self, plaintext: bytes, context: str) -> bytes:
        """Encrypt under a random 96-bit nonce."""
        return seal_under(self._cipher, plaintext, context)

    def open(self, sealed: bytes, context: str) -> bytes:
        """Decrypt what was sealed under the same context. Raises Unreadable."""
        return open_under(self._cipher, sealed, context, other="autre clé")

    def derive(self, purpose: str) -> bytes:
        """32 bytes for another use of the same dossier: names of objects, chunked contents."""
        return HKDFExpand(algorithm=SHA256(), length=KEY_LENGTH, info=f"guichet/{purpose}".encode()).derive(
            self._secret
        )

    def fingerprint(self, value: bytes, purpose: str) -> bytes:
        """32 bytes that change with `value` and say nothing of it without the key."""
        return hmac.digest(self._fingerprints, purpose.encode() + b"\x00" + value, hashlib.sha256)

    @cached_property
    def _cipher(self) -> AESGCM:
        return AESGCM(self.derive("seal"))

    @cached_property
    def _fingerprints(self) -> bytes:
        return self.derive("fingerprint")


# Each may be repeated.
_CREATE = "INSERT INTO dossier_key (dossier, wrapped) VALUES (%s, %s) ON CONFLICT DO NOTHING"
_WRAPPED = "SELECT wrapped FROM dossier_key WHERE dossier = %s"
_DESTROY = (
    "UPDATE dossier_key SET wrapped = NULL, destroyed_at = clock_timestamp()"
    " WHERE dossier = ANY (%s) AND wrapped IS NOT NULL RETURNING dossier"
)


class Keys:
    """The keys' database, and the keys used lately, kept a minute in memory."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._lately: OrderedDict[UUID, tuple[float, DossierKey]] = OrderedDict()

    @cached_property
    def connections(self) -> Connections:
        """Those to the keys' database."""
        return Connections(self._settings.url_of("keys"), SIZE)

    async def create(self, dossier: UUID) -> DossierKey:
        """Make the key of a new dossier, or give the one it has. Raises KeyDestroyed."""
        wrapped = self._settings.master.seal(os.urandom(KEY_LENGTH), _context(dossier))
        await self.connections.ask(asking(_CREATE, dossier, wrapped))
        return await self.of(dossier)

    async def of(self, dossier: UUID) -> DossierKey:
        """The key of a dossier. Raises KeyDestroyed or KeyUnknown."""
        held = self._lately.get(dossier)
        if held is not None and held[0] > time.monotonic():
            return held[1]
        rows = await self.connections.ask(asking(_WRAPPED, dossier))
        if not rows:
            raise KeyUnknown(dossier)
        if rows[0].wrapped is None:
            self.forget(dossier)
            raise KeyDestroyed(dossier)
        return self._remember(dossier, DossierKey(self._settings.master.open(rows[0].wrapped, _context(dossier))))

    async def destroy(self, dossier: UUID) -> None:
        """Destroy the key of a dossier, for ever. Doing it again changes nothing."""
        await self.destroy_all([dossier])

    async def destroy_all(self, dossiers: Sequence[UUID]) -> int:
        """Destroy the keys of those dossiers; gives how many still existed."""
        for dossier in dossiers:
            self.forget(dossier)
        return len(await self.connections.ask(asking(_DESTROY, list(dossiers))))

    def forget(self, dossier: UUID) -> None:
        """Drop a key from memory."""
        self._lately.pop(dossier, None)

    async def close(self) -> None:
        """Close every connection and forget every key."""
        self._lately.clear()
        await self.connections.close()

    def _remember(self, dossier: UUID, key: DossierKey) -> DossierKey:
        self._lately[dossier] = (time.monotonic() + REMEMBERED_SECONDS, key)
        if len(self._lately) > REMEMBERED:
            self._lately.popitem(last=False)
        return key


def _context(dossier: UUID) -> str:
    return f"dossier_key|{dossier}"
