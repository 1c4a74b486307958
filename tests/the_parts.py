"""One set of real parts for a whole test run, whatever the number of pytest-xdist workers.

The process that began the run starts the parts when the first test asks for them, holds them, and throws them
away at the end. Workers reach it through a socket whose address they find in their environment.
"""

from __future__ import annotations

import os
import shutil
import tempfile
import threading
from contextlib import suppress
from multiprocessing import AuthenticationError
from multiprocessing.connection import Client, Listener
from pathlib import Path

from parts import embedded
from parts.places import unprivileged_account

_ADDRESS = "GUICHET_TEST_PARTS"
_KEY = b"guichet-tests"
_MEMORY = Path("/dev/shm")  # noqa: S108 (a folder of our own is made there)
_ROOM = 6 << 30
PATIENCE = 900
"""Seconds: a first run builds the parts."""
_THROWN_AWAY = {"fsync": "off", "full_page_writes": "off", "max_wal_size": "1GB", "checkpoint_timeout": "1h"}
"""The shared cluster outlives no power cut: it waits for no disk. Parts that tests kill have the usual settings."""


class SharedParts:
    """Answers each worker with the parts' environment, started at the first question."""

    def __init__(self) -> None:
        self.folder = throwaway_folder()
        self.running: embedded.Running | None = None
        self.closed = False
        self.listener = Listener(str(self.folder / "parts.socket"), authkey=_KEY)
        os.environ[_ADDRESS] = str(self.folder / "parts.socket")
        threading.Thread(target=self._serve, daemon=True).start()

    def close(self) -> None:
        """Stop the parts and remove their data."""
        os.environ.pop(_ADDRESS, None)
        self.closed = True
        self.listener.close()
        if self.running is not None:
            self.running.stop(quick=True)
        shutil.rmtree(self.folder, ignore_errors=True)

    def _serve(self) -> None:
        while not self.closed:
            # A worker that died while asking is one that has nothing to be told.
            with suppress(OSError, EOFError, AuthenticationError), self.listener.accept() as worker:
                worker.send(self._environment())

    def _environment(self) -> dict[str, str] | str:
        try:
            if self.running is None:
                data = self.folder / "data"
                self.running = embedded.start(data, time_skipping=True, postgres_settings=_THROWN_AWAY)
        except (RuntimeError, OSError) as error:
            return f"{type(error).__name__}: {error}"
        return self.running.environment


def ask() -> dict[str, str]:
    """The environment of the shared parts. Raises RuntimeError with why they could not start."""
    with Client(os.environ[_ADDRESS], authkey=_KEY) as connection:
        if not connection.poll(PATIENCE):
            raise RuntimeError(f"the parts are not up after {PATIENCE} s")
        answer = connection.recv()
    if not isinstance(answer, dict):
        raise RuntimeError(answer)  # noqa: TRY004 (a sentence, sent because the parts could not start)
    return answer


def throwaway_folder() -> Path:
    """A new folder that PostgreSQL's account may enter (pytest's own are closed to it when we are root).

    In memory where the machine has such a place with room: hundreds of databases are copied, none is kept, and on a
    slow disk each copy takes ten times as long. A part that is killed loses nothing more there than on a disk.
    """
    folder = Path(tempfile.mkdtemp(prefix="guichet-tests-", dir=_MEMORY if _has_room(_MEMORY) else None))
    if unprivileged_account() is not None:
        folder.chmod(0o711)
    return folder


def _has_room(place: Path) -> bool:
    return place.is_dir() and os.access(place, os.W_OK) and shutil.disk_usage(place).free > _ROOM
