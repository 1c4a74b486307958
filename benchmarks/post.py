"""A mail server that refuses: one resident's address for good, every other attempt out of three for now."""

import asyncio
import email
import email.policy
import random
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

DEAD = "resident-0-"
"""How the address refused for good begins (`benchmarks/prepared.py`)."""
PUT_OFF = 1 / 3
_ANSWERS = {"DATA": "354 go on", "QUIT": "221 bye"}


@dataclass
class RefusingPost:
    """Keeps what it takes in `folder`, by Message-ID, as any mailbox would; `dead` and `put_off` count refusals."""

    folder: Path
    rng: random.Random = field(repr=False)
    dead: int = 0
    put_off: int = 0

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """One conversation; a client killed in the middle has sent nothing."""
        writer.write(b"220 poste\r\n")
        try:
            while line := (await reader.readline()).decode():
                said = self._answer(line)
                writer.write(f"{said}\r\n".encode())
                if said.startswith("354"):
                    self._keep(await reader.readuntil(b"\r\n.\r\n"))
                    writer.write(b"250 kept\r\n")
        except (asyncio.IncompleteReadError, ConnectionError):
            return
        finally:
            writer.close()

    def _answer(self, line: str) -> str:
        if (found := re.match(r"RCPT TO:<([^>]*)>", line)) is None:
            return _ANSWERS.get(line[:4].strip(), "250 ok")
        if found[1].startswith(DEAD):
            self.dead += 1
            return "550 no such mailbox"
        if self.rng.random() < PUT_OFF:
            self.put_off += 1
            return "450 busy, come back"
        return "250 ok"

    def _keep(self, body: bytes) -> None:
        name = str(email.message_from_bytes(body, policy=email.policy.default)["message-id"]).strip("<>")
        (self.folder / f"{name.partition('@')[0]}.eml").write_bytes(body.removesuffix(b".\r\n"))

    @asynccontextmanager
    async def listening(self) -> AsyncIterator[str]:
        """Serve on a port of its own; gives its `smtp://` address."""
        server = await asyncio.start_server(self.serve, "127.0.0.1", 0)
        async with server:
            yield f"smtp://127.0.0.1:{server.sockets[0].getsockname()[1]}"
