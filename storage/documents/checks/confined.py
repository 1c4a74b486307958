"""The process that reads hostile files: no secret, no network, little memory, little time.

Started by `storage/documents/sandbox.py` with one socket. It asks for bytes (`offset`, `length`) and says its verdict
as JSON; the file itself, its key and its place are never here.
"""

import codecs
import io
import json
import os
import resource
import socket
import struct
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pikepdf
from PIL import Image, MpoImagePlugin, TiffImagePlugin, WebPImagePlugin

from storage.documents.checks.examine import examine
from storage.documents.checks.refusals import DocumentRefused, packed, too_demanding
from storage.documents.checks.walls import raised
from storage.objects.positioned import Positioned

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

REQUEST: Final = struct.Struct(">cQL")
READ: Final = b"R"
VERDICT: Final = b"V"
MEMORY: Final = 1536 << 20
SECONDS: Final = 15
"""Of processor: what an honest file needs, many times over."""
POLITENESS: Final = 10
"""Whoever asks for a page or a code goes before (`nice`)."""
AT_ONCE: Final = 1 << 20
_ENCODINGS: Final = ("ascii", "cp437", "idna", "latin-1", "utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be")
PLUGINS: Final = (MpoImagePlugin, TiffImagePlugin, WebPImagePlugin)
"""Loaded before the walls: Pillow looks for them at the first image of their kind."""


class AskedFor(Positioned):
    """A file that another process reads for us."""

    def __init__(self, line: socket.socket, length: int) -> None:
        super().__init__(length)
        self._line = line

    def readinto(self, buffer: "WriteableBuffer") -> int:
        target = memoryview(buffer).cast("B")
        wanted = max(0, min(len(target), self.length - self._position, AT_ONCE))
        if wanted:
            self._line.sendall(REQUEST.pack(READ, self._position, wanted))
            target[:wanted] = received(self._line, wanted)
            self._position += wanted
        return wanted


def received(line: socket.socket, length: int) -> bytes:
    """Exactly `length` bytes of the socket. Raises ConnectionError when the other side is gone."""
    gathered = bytearray()
    while len(gathered) < length:
        piece = line.recv(length - len(gathered))
        if not piece:
            raise ConnectionError("the other side is gone")
        gathered += piece
    return bytes(gathered)


def warm_up() -> None:
    """Open an encrypted PDF: qpdf then looks for random numbers and ciphers, not to be found behind the walls."""
    made = io.BytesIO()
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        pdf.save(made, encryption=pikepdf.Encryption(user="", owner="-"))
    pikepdf.open(made).close()


def confine(readable: Path | None = None) -> tuple[str, ...]:
    """Bound what this process may take, and wall it in; the names of the walls that stand.

    It writes no file and starts no process; `readable` is the only folder whose files it may open.
    """
    for encoding in _ENCODINGS:
        codecs.lookup(encoding)  # what is read later could not be looked for
    Image.preinit()
    os.nice(POLITENESS)
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    return raised(readable)


def judge(line: socket.socket, walls: tuple[str, ...]) -> dict[str, object]:
    """Examine the file that the other side holds, or say which walls stand; the answer, ready for JSON."""
    asked = json.loads(received(line, int.from_bytes(received(line, 4), "big")))
    if "walls" in asked:
        return {"walls": walls}
    file = io.BufferedReader(AskedFor(line, asked["length"]), AT_ONCE)
    try:
        examined = examine(file, asked["name"], asked["declared"])
    except DocumentRefused as refused:
        return packed(refused)
    except MemoryError:
        return packed(too_demanding("il demande trop de mémoire pour être lu"))
    return {"kind": examined.kind.media_type, "flags": sorted(examined.flags)}


def main() -> None:
    """Serve one file, on the socket whose descriptor is the first argument."""
    with socket.socket(fileno=int(sys.argv[1])) as line:
        warm_up()
        verdict = json.dumps(judge(line, confine())).encode()
        line.sendall(REQUEST.pack(VERDICT, 0, len(verdict)) + verdict)


if __name__ == "__main__":
    main()
