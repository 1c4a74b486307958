"""`guichet` called in this process, as `main` calls it: a second saved for each of the many ways to use it badly."""

from __future__ import annotations

import io
import sys
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from unittest.mock import patch

from cli.main import run


@dataclass(frozen=True, slots=True)
class Done:
    """What a command left: its exit code, and what it printed where."""

    returncode: int
    stdout: str
    stderr: str


def call(*words: str, stdin: str = "") -> Done:
    """Run `guichet words…` with `stdin` to read."""
    out, err = io.StringIO(), io.StringIO()
    given = io.TextIOWrapper(io.BytesIO(stdin.encode()))
    with redirect_stdout(out), redirect_stderr(err), patch.object(sys, "stdin", given):
        code = run(words)
    return Done(code, out.getvalue(), err.getvalue())
