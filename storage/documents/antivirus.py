"""clamd, asked over INSTREAM: a content passes for clean on the exact answer `stream: OK`, and on no other.

The protocol is a few lines; client libraries parse answers more loosely than this needs.
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

PATIENCE: Final = 60.0
_LONGEST_ANSWER: Final = 4096
_AT_ONCE: Final = 1 << 18


class Verdict(StrEnum):
    """What the scanner says of a content."""

    CLEAN = "clean"
    INFECTED = "infected"
    NOT_SCANNED = "not_scanned"


class ScannerUnavailable(Exception):
    """clamd did not answer: nothing is known of the content, which stays in quarantine until it does."""


@dataclass(frozen=True, slots=True)
class Antivirus:
    """A clamd, by its `host:port` or the path of its socket (CLAMD_ADDRESS)."""

    address: str

    async def scan(self, content: AsyncIterator[bytes]) -> Verdict:
        """Send the content as it comes. NOT_SCANNED when clamd answers anything but OK or FOUND (its own limits).

        Raises ScannerUnavailable when it does not answer.
        """
        try:
            async with self._connected() as (reader, writer):
                # Read from the start: beyond its size limit clamd answers, closes, and lets the rest of ours break.
                answering = asyncio.ensure_future(reader.read(_LONGEST_ANSWER))
                await self._send(writer, content, answering)
                answer = await asyncio.wait_for(answering, PATIENCE)
        except (OSError, TimeoutError) as error:
            raise ScannerUnavailable(f"clamd ({self.address}) ne répond pas : {type(error).__name__}.") from error
        return understood(answer)

    async def _send(
        self, writer: asyncio.StreamWriter, content: AsyncIterator[bytes], answering: asyncio.Future[bytes]
    ) -> None:
        writer.write(b"zINSTREAM\0")
        async for piece in content:
            for start in range(0, len(piece), _AT_ONCE):
                part = piece[start : start + _AT_ONCE]
                writer.write(len(part).to_bytes(4, "big") + part)
                if not await self._drained(writer, answering):
                    return
        writer.write((0).to_bytes(4, "big"))
        await self._drained(writer, answering)

    async def _drained(self, writer: asyncio.StreamWriter, answering: asyncio.Future[bytes]) -> bool:
        """Whether clamd still listens; False once it has answered."""
        try:
            await asyncio.wait_for(writer.drain(), PATIENCE)
        except ConnectionError:
            if not answering.done():
                raise
        return not answering.done()

    @asynccontextmanager
    async def _connected(self) -> AsyncIterator[tuple[asyncio.StreamReader, asyncio.StreamWriter]]:
        host, _, port = self.address.rpartition(":")
        opening = asyncio.open_connection(host, int(port)) if host else asyncio.open_unix_connection(self.address)
        reader, writer = await asyncio.wait_for(opening, 5)
        try:
            yield reader, writer
        finally:
            writer.close()


def understood(answer: bytes) -> Verdict:
    """The verdict of an answer. Raises ScannerUnavailable for none at all."""
    said = answer.rstrip(b"\0\n")
    if not said:
        raise ScannerUnavailable("clamd a fermé la connexion sans répondre.")
    if said == b"stream: OK":
        return Verdict.CLEAN
    if said.startswith(b"stream: ") and said.endswith(b" FOUND"):
        return Verdict.INFECTED
    return Verdict.NOT_SCANNED
