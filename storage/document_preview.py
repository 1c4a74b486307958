"""A picture of a document's first page, drawn in a process that sees its bytes and nothing else of ours.

The bytes lie meanwhile in a folder that only this account enters, gone with the picture: Typst reads a PDF from a file.
"""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
import tempfile
import threading
from pathlib import Path
from typing import Final

from storage.document_checks.kinds import JPEG, PDF, PNG, TIFF, WEBP
from storage.document_checks.previewing import PIECE

DRAWN: Final = frozenset(kind.media_type for kind in (PDF, JPEG, PNG, TIFF, WEBP))
"""The media types of which a picture can be made."""
PATIENCE: Final = 20.0
_COMMAND: Final = (sys.executable, "-c", "from storage.document_checks.previewing import main; main()")
_places = threading.BoundedSemaphore(max(2, (os.cpu_count() or 2) // 2))


class NotDrawn(Exception):
    """No picture could be made of this document."""


async def preview(content: bytes, media_type: str) -> bytes:
    """A JPEG of the first page. Raises NotDrawn."""
    if media_type not in DRAWN:
        raise NotDrawn(media_type)
    return await asyncio.to_thread(_drawn_apart, content, media_type)


def _drawn_apart(content: bytes, media_type: str) -> bytes:
    with _places, tempfile.TemporaryDirectory(prefix="guichet-preview-") as folder:
        (Path(folder) / PIECE).write_bytes(content)
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
