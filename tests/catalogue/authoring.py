"""An author at work in a copy of the project: its commands, typed in its folder; files are added, none is edited."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from catalogue.departement import ROOT
from storage.engine.settings import Settings

ROOMS = (
    "api", "catalogue", "cli", "departement", "docs", "domain", "forms_schemas", "letters", "migrations", "parts",
    "procedures", "storage", "workers", "workflows",
)  # fmt: skip
KEPT = ("PATH", "HOME", "TZ")


class Copy:
    """The project in a folder of its own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        for room in ROOMS:
            shutil.copytree(ROOT / room, folder / room)  # with what is compiled: each command would compile it

    def guichet(self, *words: str) -> subprocess.CompletedProcess[str]:
        """`guichet words…`, typed there."""
        command = [sys.executable, "-m", "cli", *words]
        return subprocess.run(command, cwd=self.folder, env=_kept(), capture_output=True, encoding="utf-8", check=False)

    @contextmanager
    def running(self, settings: Settings, *words: str) -> Iterator[None]:
        """`guichet words…`, for as long as it is needed."""
        command = [sys.executable, "-m", "cli", *words]
        environment = _kept() | settings.environment()
        with (self.folder / f"{words[0]}.log").open("wb") as log:
            process = subprocess.Popen(command, cwd=self.folder, env=environment, stdout=log, stderr=log)
        try:
            yield
        finally:
            process.terminate()
            try:
                process.wait(30)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()

    def files(self) -> Mapping[str, str]:
        """The hash of each file of the project, by its path."""
        return {
            file.relative_to(self.folder).as_posix(): hashlib.sha256(file.read_bytes()).hexdigest()
            for room in ROOMS
            for file in sorted((self.folder / room).rglob("*"))
            if file.is_file() and "__pycache__" not in file.parts
        }


def _kept() -> dict[str, str]:
    return {name: os.environ[name] for name in KEPT if name in os.environ}
