"""A lean HTTP/1.1 client for measuring: one kept-alive connection, nothing parsed that is not needed.

A full client costs more processor than the server it measures, and would flatter both sides of a ratio.
"""

import asyncio
import json
from collections.abc import Mapping
from typing import Any


class Wire:
    """One connection to `host:port`, used by one client at a time."""

    def __init__(self, host: str, port: int) -> None:
        self.host, self.port = host, port
        self.reader: asyncio.StreamReader | None = None
        self.writer: asyncio.StreamWriter | None = None

    async def open(self) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        """Connect, unless it is done. Raises OSError."""
        if self.writer is None or self.reader is None:
            self.reader, self.writer = await asyncio.open_connection(self.host, self.port)
        return self.reader, self.writer

    async def request(
        self, method: str, path: str, *, headers: Mapping[str, str] | None = None, body: Any = None
    ) -> tuple[int, bytes]:
        """Send a request, its body in bytes or to be made JSON; give the status and the answer's bytes.

        Raises OSError or asyncio.IncompleteReadError when the connection breaks; the next call reconnects.
        """
        reader, writer = await self.open()
        content = body if isinstance(body, bytes) else b"" if body is None else json.dumps(body).encode()
        said = {"content-type": "application/json"} | dict(headers or {})
        lines = [f"{method} {path} HTTP/1.1", f"host: {self.host}:{self.port}", f"content-length: {len(content)}"]
        lines += [f"{name}: {value}" for name, value in said.items()]
        try:
            writer.write("\r\n".join([*lines, "", ""]).encode() + content)
            await writer.drain()
            return await self._answer(reader)
        except BaseException:
            # Whatever interrupted it, an answer may still come: nothing else may be asked on this connection.
            self.close()
            raise

    async def _answer(self, reader: asyncio.StreamReader) -> tuple[int, bytes]:
        head = (await reader.readuntil(b"\r\n\r\n")).lower()
        status = int(head.split(b" ", 2)[1])
        said = (line.split(b":")[1] for line in head.split(b"\r\n") if line.startswith(b"content-length:"))
        content = await reader.readexactly(int(next(said, b"0")))
        if b"\r\nconnection: close" in head:
            self.close()
        return status, content

    def close(self) -> None:
        """Drop the connection."""
        if self.writer is not None:
            self.writer.close()
        self.reader = self.writer = None
