"""A mail server that puts off the first recipient it is given, and quotes the address, as real ones do."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

ANSWERS = {"DATA": "354 go on", "QUIT": "221 bye"}


@dataclass
class GrumpyPost:
    """Speaks enough SMTP to refuse once, then to accept; `refused` and `kept` count."""

    refused: int = 0
    kept: int = 0

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """One conversation."""
        writer.write(b"220 poste\r\n")
        while line := (await reader.readline()).decode():
            writer.write(f"{self._answer(line)}\r\n".encode())
            if line.startswith("DATA"):
                await reader.readuntil(b"\r\n.\r\n")
                self.kept += 1
                writer.write(b"250 kept\r\n")
        writer.close()

    def _answer(self, line: str) -> str:
        if line.startswith("RCPT") and not self.refused:
            self.refused += 1
            return f"450 {line.strip()} : boite occupee"
        return ANSWERS.get(line[:4].strip(), "250 ok")

    @asynccontextmanager
    async def listening(self) -> AsyncIterator[str]:
        """Serve on a port of its own; gives its `smtp://` address."""
        server = await asyncio.start_server(self.serve, "127.0.0.1", 0)
        async with server:
            yield f"smtp://127.0.0.1:{server.sockets[0].getsockname()[1]}"
