"""Large contents sealed piece by piece: chunked AES-256-GCM, after the STREAM construction (Hoang et al., 2015).

A sealed stream is a header (4 bytes of format, 16 random bytes of salt) and chunks of 65 536 bytes, each with its
16-byte tag. The file's own key is HKDF-SHA256(dossier's sub-key, salt, context); a chunk's nonce is its
index and whether it is the last; its associated data is the header. So a chunk altered, moved, repeated,
dropped or taken from another stream does not open, and a stream cut short has no last chunk.
"""

import math
import os
from collections.abc import AsyncIterator, Callable
from typing import TYPE_CHECKING, Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from storage.objects.positioned import Positioned

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

FORMAT: Final = b"GSS1"
SALT: Final = 16
HEADER: Final = len(FORMAT) + SALT
CHUNK: Final = 1 << 16
TAG: Final = 16
SEALED_CHUNK: Final = CHUNK + TAG
WINDOW: Final = 16 * SEALED_CHUNK

Bytes = bytes | bytearray | memoryview


class BrokenStream(Exception):
    """The sealed bytes are not what was written: altered, cut, reordered, or sealed for another place."""


class _Chunks:
    """The key of one stream, and the nonces of its chunks."""

    def __init__(self, key: bytes, context: str, header: bytes) -> None:
        if len(header) != HEADER or not header.startswith(FORMAT):
            raise BrokenStream("L'en-tête du contenu chiffré n'est pas reconnu.")
        self.header = header
        derivation = HKDF(SHA256(), 32, salt=header[len(FORMAT) :], info=b"guichet sealed stream|" + context.encode())
        self._cipher = AESGCM(derivation.derive(key))

    def seal(self, index: int, plain: Bytes, *, last: bool) -> bytes:
        return self._cipher.encrypt(nonce(index, last=last), plain, self.header)

    def open(self, index: int, sealed: Bytes, *, last: bool) -> bytes:
        try:
            return self._cipher.decrypt(nonce(index, last=last), sealed, self.header)
        except (InvalidTag, ValueError) as error:
            raise BrokenStream(f"Le morceau {index} du contenu chiffré a été altéré ou déplacé.") from error


def nonce(index: int, *, last: bool) -> bytes:
    """96 bits: the chunk's index, then one byte that marks the last chunk."""
    return index.to_bytes(11, "big") + bytes([last])


class Sealer:
    """Seals a content of unknown length: `header` first, then what `add` gives, then what `finish` gives."""

    def __init__(self, key: bytes, context: str) -> None:
        self._chunks = _Chunks(key, context, FORMAT + os.urandom(SALT))
        self._waiting = bytearray()
        self._index = 0

    @property
    def header(self) -> bytes:
        """The first 20 bytes of the stream: not secret, unique to it."""
        return self._chunks.header

    def add(self, plain: Bytes) -> bytes:
        """Take any number of bytes; give the chunks that are ready. The newest chunk waits: it may be the last."""
        self._waiting += plain
        ready = bytearray()
        while len(self._waiting) > CHUNK:
            ready += self._chunks.seal(self._index, self._waiting[:CHUNK], last=False)
            del self._waiting[:CHUNK]
            self._index += 1
        return bytes(ready)

    def finish(self) -> bytes:
        """The last chunk."""
        return self._chunks.seal(self._index, self._waiting, last=True)


class Opener:
    """Opens a stream in order, never giving a byte that was not authenticated. `finish` proves it whole."""

    def __init__(self, key: bytes, context: str, header: bytes) -> None:
        self._chunks = _Chunks(key, context, header)
        self._waiting = bytearray()
        self._index = 0

    def add(self, sealed: Bytes) -> bytes:
        """Take sealed bytes after the header; give the plain bytes that they prove."""
        self._waiting += sealed
        ready = bytearray()
        while len(self._waiting) > SEALED_CHUNK:
            ready += self._chunks.open(self._index, self._waiting[:SEALED_CHUNK], last=False)
            del self._waiting[:SEALED_CHUNK]
            self._index += 1
        return bytes(ready)

    def finish(self) -> bytes:
        """The last plain bytes. Raises BrokenStream when the stream was cut short."""
        return self._chunks.open(self._index, self._waiting, last=True)


class SealedReader(Positioned):
    """A sealed stream kept elsewhere, read in any order as a file, a window of a mebibyte in memory.

    `fetch(start, length)` gives sealed bytes; `size` is the sealed length. The last chunk is opened first,
    so a stream cut or lengthened is refused before anything of it is read.
    """

    def __init__(self, fetch: Callable[[int, int], bytes], size: int, key: bytes, context: str) -> None:
        super().__init__(plain_size(size))
        self._fetch = fetch
        self._count = max(1, math.ceil(self.length / CHUNK))
        self._chunks = _Chunks(key, context, fetch(0, HEADER))
        self._window = (0, b"")
        self._open_window((self._count - 1) * CHUNK)

    @property
    def header(self) -> bytes:
        """The stream's own header."""
        return self._chunks.header

    def readinto(self, buffer: "WriteableBuffer") -> int:
        target = memoryview(buffer).cast("B")
        if self._position >= self.length or not target:
            return 0
        start, plain = self._window
        if not start <= self._position < start + len(plain):
            self._open_window(self._position)
            start, plain = self._window
        piece = plain[self._position - start :][: len(target)]
        target[: len(piece)] = piece
        self._position += len(piece)
        return len(piece)

    def _open_window(self, position: int) -> None:
        first = position // CHUNK
        sealed = self._fetch(HEADER + first * SEALED_CHUNK, WINDOW)
        plain = bytearray()
        for offset, start in enumerate(range(0, max(1, len(sealed)), SEALED_CHUNK)):
            index = first + offset
            plain += self._chunks.open(index, sealed[start : start + SEALED_CHUNK], last=index == self._count - 1)
        self._window = (first * CHUNK, bytes(plain))


def sealed_size(plain: int) -> int:
    """The length of the sealed stream of `plain` bytes."""
    return HEADER + plain + TAG * max(1, math.ceil(plain / CHUNK))


def plain_size(sealed: int) -> int:
    """The length of what a sealed stream of `sealed` bytes holds. Raises BrokenStream when none has this length."""
    body = sealed - HEADER
    plain = body - TAG * max(1, math.ceil(body / SEALED_CHUNK))
    if plain < 0 or sealed_size(plain) != sealed:
        raise BrokenStream("La longueur du contenu chiffré n'est pas celle d'un contenu entier.")
    return plain


async def open_stream(sealed: AsyncIterator[bytes], key: bytes, context: str) -> AsyncIterator[bytes]:
    """Open a stream whose first bytes are its header, as it arrives. Raises BrokenStream at the first false chunk."""
    opener: Opener | None = None
    start = bytearray()
    async for piece in sealed:
        if opener is not None:
            yield opener.add(piece)
            continue
        start += piece
        if len(start) >= HEADER:
            opener = Opener(key, context, bytes(start[:HEADER]))
            yield opener.add(start[HEADER:])
    if opener is None:
        raise BrokenStream("Le contenu chiffré est coupé avant la fin de son en-tête.")
    yield opener.finish()
