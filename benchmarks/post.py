"""A mail server that refuses: one resident's address for good, every other attempt out of three for now."""

import asyncio
import email
import email.policy
import random
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime

from benchmarks.deliveries import Delivery

DEAD = "resident-0-"
"""How the address refused for good begins (`benchmarks/prepared.py`)."""
PUT_OFF = 1 / 3
_ANSWERS = {"DATA": "354 go on", "QUIT": "221 bye"}


@dataclass
class RefusingPost:
    """Keeps each delivery that it takes, in order; `dead` and `put_off` count refusals. `calm`, it puts nothing off."""

    rng: random.Random = field(repr=False)
    deliveries: list[Delivery] = field(default_factory=list)
    dead: int = 0
    put_off: int = 0
    calm: bool = False

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """One conversation; a client killed before the end of its message has sent nothing."""
        taken = []
        writer.write(b"220 poste\r\n")
        try:
            while line := (await reader.readline()).decode():
                said = self._answer(line)
                writer.write(f"{said}\r\n".encode())
                if said.startswith("354"):
                    taken.append(self._keep(await reader.readuntil(b"\r\n.\r\n")))
                    writer.write(b"250 kept\r\n")
                if said.startswith("221"):
                    for delivery in taken:
                        delivery.cut = False
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
        if not self.calm and self.rng.random() < PUT_OFF:
            self.put_off += 1
            return "450 busy, come back"
        return "250 ok"

    def _keep(self, body: bytes) -> Delivery:
        name = str(email.message_from_bytes(body, policy=email.policy.default)["message-id"])
        self.deliveries.append(Delivery(name, datetime.now(UTC)))
        return self.deliveries[-1]

    @asynccontextmanager
    async def listening(self) -> AsyncIterator[str]:
        """Serve on a port of its own; gives its `smtp://` address."""
        server = await asyncio.start_server(self.serve, "127.0.0.1", 0)
        async with server:
            yield f"smtp://127.0.0.1:{server.sockets[0].getsockname()[1]}"
