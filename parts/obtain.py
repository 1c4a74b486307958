"""Getting the binary of each part: on PATH, in the per-user cache, or built into it, all at once."""

import fcntl
import re
import shutil
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

from parts import go
from parts.places import cache_dir
from parts.versions import GoPart

Progress = Callable[[str, str], None]
"""Called with a part's name and a sentence in French."""

_EVERY = 15.0


def quietly(_part: str, _sentence: str) -> None:
    """Progress that is not shown."""


def binary(part: GoPart, on_progress: Progress = quietly) -> Path:
    """The executable of `part`, built if the machine has none. Raises PartRefused."""
    if found := on_path(part):
        return found
    cached = cache_dir() / "bin" / part.file_name
    if cached.is_file():
        return cached
    with _alone(part):
        if cached.is_file():
            return cached
        with _telling(part, on_progress):
            return go.build(part, cached.parent)


def binaries(parts: tuple[GoPart, ...], on_progress: Progress = quietly) -> dict[str, Path]:
    """The executables of several parts, those that are missing built side by side."""
    with ThreadPoolExecutor(max_workers=len(parts)) as pool:
        paths = pool.map(lambda part: binary(part, on_progress), parts)
        return {part.name: path for part, path in zip(parts, paths, strict=True)}


def on_path(part: GoPart) -> Path | None:
    """The part's command on PATH, when its version is one that we accept."""
    found = shutil.which(part.command)
    if found is None or part.oldest is None:
        return Path(found) if found else None
    told = subprocess.run([found, "--version"], capture_output=True, text=True, check=False).stdout
    version = re.search(r"(\d+)\.(\d+)", told)
    recent = version is not None and (int(version[1]), int(version[2])) >= part.oldest
    return Path(found) if recent else None


@contextmanager
def _alone(part: GoPart) -> Iterator[None]:
    """One build of a part at a time for this user, whoever asks."""
    folder = cache_dir()
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / f"{part.file_name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


@contextmanager
def _telling(part: GoPart, on_progress: Progress) -> Iterator[None]:
    """Say that a build began, goes on, and ended."""
    began, done = time.monotonic(), threading.Event()
    on_progress(part.name, f"construction de {part.command} {part.version} (une seule fois, une à quelques minutes)")

    def tell() -> None:
        while not done.wait(_EVERY):
            on_progress(part.name, f"construction en cours depuis {time.monotonic() - began:.0f} s")

    thread = threading.Thread(target=tell, daemon=True)
    thread.start()
    try:
        yield
    finally:
        done.set()
        thread.join()
    on_progress(part.name, f"construit en {time.monotonic() - began:.0f} s")
