"""A scanner that speaks clamd's INSTREAM and finds EICAR: enough to try our side of the protocol."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from tests.storage.documents.corpus.making import EICAR


@dataclass
class FakeClamd:
    """Says `answer` when one is given; otherwise looks for EICAR. `limit` is its StreamMaxLength, in bytes."""

    answer: bytes | None = None
    limit: int = 100 << 20
    seen: list[bytes] = field(default_factory=list)

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """One conversation."""
        try:
            if await reader.readuntil(b"\0") == b"zINSTREAM\0":
                writer.write(await self._judge(reader))
                await writer.drain()
        finally:
            writer.close()

    async def _judge(self, reader: asyncio.StreamReader) -> bytes:
        content = bytearray()
        while length := int.from_bytes(await reader.readexactly(4), "big"):
            content += await reader.readexactly(length)
            if len(content) > self.limit:
                return b"INSTREAM size limit exceeded. ERROR\0"
        self.seen.append(bytes(content))
        if self.answer is not None:
            return self.answer
        return b"stream: Win.Test.EICAR_HDB-1 FOUND\0" if EICAR in content else b"stream: OK\0"

    @asynccontextmanager
    async def listening(self) -> AsyncIterator[str]:
        """Serve on a free port; its `host:port`."""
        server = await asyncio.start_server(self.serve, "127.0.0.1", 0)
        async with server:
            host, port = server.sockets[0].getsockname()[:2]
            yield f"{host}:{port}"
