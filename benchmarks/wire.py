"""A lean HTTP/1.1 client for measuring: one kept-alive connection, nothing parsed that is not needed.

A full client costs more processor than the server it measures, and would flatter both sides of a ratio.
"""

from __future__ import annotations

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

    async def request(
        self, method: str, path: str, *, headers: Mapping[str, str] | None = None, body: Any = None
    ) -> tuple[int, bytes]:
        """Send a request with an optional JSON body; give the status and the body's bytes.

        Raises OSError or asyncio.IncompleteReadError when the connection breaks; the next call reconnects.
        """
        if self.writer is None or self.reader is None:
            self.reader, self.writer = await asyncio.open_connection(self.host, self.port)
        content = b"" if body is None else json.dumps(body).encode()
        lines = [f"{method} {path} HTTP/1.1", f"host: {self.host}:{self.port}", f"content-length: {len(content)}"]
        lines += [
            f"{name}: {value}" for name, value in ({"content-type": "application/json"} | dict(headers or {})).items()
        ]
        try:
            self.writer.write("\r\n".join([*lines, "", ""]).encode() + content)
            await self.writer.drain()
            return await self._answer(self.reader)
        except (OSError, asyncio.IncompleteReadError):
            self.close()
            raise

    @staticmethod
    async def _answer(reader: asyncio.StreamReader) -> tuple[int, bytes]:
        head = await reader.readuntil(b"\r\n\r\n")
        status = int(head.split(b" ", 2)[1])
        length = next(
            (int(line.split(b":")[1]) for line in head.split(b"\r\n") if line.lower().startswith(b"content-length:")), 0
        )
        return status, await reader.readexactly(length)

    def close(self) -> None:
        """Drop the connection."""
        if self.writer is not None:
            self.writer.close()
        self.reader = self.writer = None
