"""Examines a document in a process of its own, which sees its bytes and nothing else of ours."""

import io
import json
import os
import socket
import subprocess
import sys
from functools import lru_cache
from typing import BinaryIO, Final

import structlog

from storage.documents.checks.confined import AT_ONCE, READ, REQUEST, received
from storage.documents.checks.examine import Examined
from storage.documents.checks.kinds import BY_MEDIA_TYPE
from storage.documents.checks.refusals import too_demanding, unpacked
from storage.documents.checks.walls import EVERY, lacking
from storage.engine.fair_queue import FairQueue

PLACES: Final = max(3, os.cpu_count() or 2)
EXAMINED: Final = FairQueue("examined", places=PLACES, each=PLACES // 3, in_hand=6)
"""Whose file is examined now: who sends ten heavy ones waits for them alone. Six is what a browser opens at once."""
log = structlog.get_logger(__name__)
PATIENCE: Final = 60.0
_COMMAND: Final = (sys.executable, "-c", "from storage.documents.checks.confined import main; main()")


def examine_apart(file: BinaryIO, length: int, name: str, declared: str = "") -> Examined:
    """What `examine` says, said by a confined process. Blocking: run it by `EXAMINED`.

    `file` is seekable and holds `length` bytes. Raises DocumentRefused; a process that dies of its limits,
    that a parser crashed, or whose verdict does not read, is a file that asks too much.
    """
    ours, theirs = socket.socketpair()
    with ours:
        ours.settimeout(PATIENCE)
        with theirs:
            process = _start(theirs)
        try:
            return _understood(_converse(ours, file, {"length": length, "name": name, "declared": declared}))
        except (ConnectionError, TimeoutError, ValueError, KeyError) as error:
            raise too_demanding("il demande trop de temps ou de mémoire pour être lu") from error
        finally:
            process.kill()
            process.wait()


@lru_cache(maxsize=1)
def standing_walls() -> tuple[str, ...]:
    """The walls that this machine raises around an examination. Blocking, the first time; none if it does not start."""
    ours, theirs = socket.socketpair()
    with ours:
        ours.settimeout(PATIENCE)
        with theirs:
            process = _start(theirs)
        try:
            said = _converse(ours, io.BytesIO(), {"walls": True})["walls"]
        except (ConnectionError, TimeoutError, ValueError, KeyError):
            said = ()
        finally:
            process.kill()
            process.wait()
    walls = tuple(map(str, said)) if isinstance(said, (list, tuple)) else ()
    if missing := [wall for wall in EVERY if wall not in walls]:
        log.warning("the examiner of documents lacks walls", missing=missing, reached=lacking(walls))
    return walls


def _start(theirs: socket.socket) -> "subprocess.Popen[bytes]":
    return subprocess.Popen(
        (*_COMMAND, str(theirs.fileno())),
        pass_fds=(theirs.fileno(),),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env={"PYTHONPATH": os.pathsep.join(filter(None, sys.path)), "PYTHONDONTWRITEBYTECODE": "1"},
        start_new_session=True,
    )


def _converse(line: socket.socket, file: BinaryIO, asked: dict[str, object]) -> dict[str, object]:
    """Give the bytes that are asked for until the verdict comes."""
    text = json.dumps(asked).encode()
    line.sendall(len(text).to_bytes(4, "big") + text)
    while True:
        what, offset, length = REQUEST.unpack(received(line, REQUEST.size))
        if what != READ:
            verdict: dict[str, object] = json.loads(received(line, length))
            return verdict
        file.seek(offset)
        line.sendall(_exactly(file, min(length, AT_ONCE)))


def _exactly(file: BinaryIO, length: int) -> bytes:
    gathered = bytearray()
    while len(gathered) < length and (piece := file.read(length - len(gathered))):
        gathered += piece
    return bytes(gathered.ljust(length, b"\0"))


def _understood(verdict: dict[str, object]) -> Examined:
    if "reason" in verdict:
        raise unpacked(verdict)
    flags = verdict["flags"]
    return Examined(BY_MEDIA_TYPE[str(verdict["kind"])], frozenset(flags if isinstance(flags, list) else ()))
