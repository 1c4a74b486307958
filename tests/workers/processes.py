"""A worker in a process of its own, as in production."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from storage.engine.settings import Settings

KEPT = ("PATH", "HOME", "TZ")


@contextmanager
def process(settings: Settings) -> Iterator[subprocess.Popen[bytes]]:
    """`guichet worker` with these settings, killed at the end if it still lives."""
    keep = {name: os.environ[name] for name in KEPT if name in os.environ}
    worker = subprocess.Popen(
        [sys.executable, "-c", "from cli.main import main; main()", "worker"],
        env=keep | settings.environment(),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        yield worker
    finally:
        worker.kill()
        worker.wait()
