"""A picture of a document's first page, drawn in a process that sees its bytes and nothing else of ours.

The bytes lie meanwhile in a folder that only this account enters, gone with the picture: Typst reads a PDF from a file.
"""

import os
import subprocess
import sys
import tempfile
from collections.abc import AsyncIterator, Hashable
from pathlib import Path
from typing import Final

from storage.documents.checks.kinds import JPEG, PDF, PNG, TIFF, WEBP
from storage.documents.checks.previewing import PIECE
from storage.engine.fair_queue import FairQueue

DRAWN: Final = frozenset(kind.media_type for kind in (PDF, JPEG, PNG, TIFF, WEBP))
"""The media types of which a picture can be made."""
PATIENCE: Final = 20.0
_COMMAND: Final = (sys.executable, "-c", "from storage.documents.checks.previewing import main; main()")
_QUEUE: Final = FairQueue("drawn", places=max(3, os.cpu_count() or 2), each=2, in_hand=64)


class NotDrawn(Exception):
    """No picture could be made of this document."""


async def preview(pieces: AsyncIterator[bytes], media_type: str, reader: Hashable = None) -> bytes:
    """A JPEG of the first page, drawn when the turn of this reader comes. Raises NotDrawn, and what `pieces` raises.

    The content goes to the folder as it comes: three of 150 MB would else hold 880 MB.
    """
    if media_type not in DRAWN:
        raise NotDrawn(media_type)
    with tempfile.TemporaryDirectory(prefix="guichet-preview-") as folder:
        place = os.open(Path(folder) / PIECE, os.O_WRONLY | os.O_CREAT, 0o600)
        try:
            async for piece in pieces:
                os.write(place, piece)
        finally:
            os.close(place)
        return await _QUEUE.run(reader, _drawn_apart, folder, media_type)


def _drawn_apart(folder: str, media_type: str) -> bytes:
    try:
        done = subprocess.run(
            (*_COMMAND, media_type, folder),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={"PYTHONPATH": os.pathsep.join(filter(None, sys.path)), "PYTHONDONTWRITEBYTECODE": "1"},
            start_new_session=True,
            timeout=PATIENCE,
            check=True,
        )
    except (subprocess.CalledProcessError, subprocess.TimeoutExpired) as error:
        raise NotDrawn(media_type) from error
    if not done.stdout.startswith(b"\xff\xd8\xff"):
        raise NotDrawn(media_type)
    return done.stdout
