"""A mail server that refuses the addresses it is told to, for good or for now, and keeps what it takes."""

from __future__ import annotations

import asyncio
import re
from collections import Counter
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import Message
from email.policy import default

ANSWERS = {"DATA": "354 go on", "QUIT": "221 bye"}
FOR_GOOD, FOR_NOW = 550, 450


def everybody(address: str) -> bool:
    """All of them."""
    return bool(address)


def nobody(address: str) -> bool:
    """None of them."""
    return not address


@dataclass
class ChoosyPost:
    """`refuses` says which addresses; `asked` counts the attempts at each, `kept` holds what was taken, by address."""

    refuses: Callable[[str], bool] = nobody
    code: int = FOR_GOOD
    asked: Counter[str] = field(default_factory=Counter)
    kept: list[tuple[str, Message]] = field(default_factory=list)

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """One conversation."""
        writer.write(b"220 poste\r\n")
        to = ""
        while line := (await reader.readline()).decode():
            said = ANSWERS.get(line[:4].strip(), "250 ok")
            if found := re.match(r"RCPT TO:<([^>]*)>", line):
                to = found[1]
                self.asked[to] += 1
                said = f"{self.code} {to} : inconnu" if self.refuses(to) else said
            writer.write(f"{said}\r\n".encode())
            if said.startswith("354"):
                body = await reader.readuntil(b"\r\n.\r\n")
                self.kept.append((to, message_from_bytes(body[:-5], policy=default)))
                writer.write(b"250 kept\r\n")
        writer.close()

    def subjects(self, address: str) -> list[str]:
        """What that address received."""
        return [str(mail["Subject"]) for to, mail in self.kept if to == address]

    def ids(self, address: str) -> list[str]:
        """The Message-ID of each."""
        return [str(mail["Message-ID"]) for to, mail in self.kept if to == address]

    def texts(self, address: str) -> list[str]:
        """The same, whole."""
        return [mail.get_content() for to, mail in self.kept if to == address]  # type: ignore[attr-defined]

    @asynccontextmanager
    async def listening(self) -> AsyncIterator[str]:
        """Serve on a port of its own; gives its `smtp://` address."""
        server = await asyncio.start_server(self.serve, "127.0.0.1", 0)
        async with server:
            yield f"smtp://127.0.0.1:{server.sockets[0].getsockname()[1]}"
