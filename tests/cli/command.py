"""`guichet` as a person runs it, a process for each command, forked from one that has already imported everything.

A Python that starts spends two to five seconds of processor on imports, the same ones each time. What a command
finds is as in a process of its own: its words, an environment with nothing of ours, its streams, its exit code.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import IO

from cli.main import guichet as root
from cli.main import main
from cli.table import typed

ROOT = Path(__file__).resolve().parents[2]


def guichet(*words: str, environment: Mapping[str, str] | None = None) -> subprocess.CompletedProcess[str]:
    """Run the command as a person does, with nothing of our own settings."""
    with tempfile.TemporaryFile("w+", encoding="utf-8") as out, tempfile.TemporaryFile("w+", encoding="utf-8") as err:
        files = [f"/proc/{os.getpid()}/fd/{file.fileno()}" for file in (out, err)]
        asked = [words, _bare() | dict(environment or {}), *files]
        server = _server()
        assert server.stdin is not None
        assert server.stdout is not None
        server.stdin.write(json.dumps(asked) + "\n")
        server.stdin.flush()
        code = int(server.stdout.readline())
        for file in (out, err):
            file.seek(0)
        return subprocess.CompletedProcess(words, code, out.read(), err.read())


def _bare() -> dict[str, str]:
    kept = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    return kept | {"GUICHET_DATA_DIR": "/nonexistent"}


@cache
def _server() -> subprocess.Popen[str]:
    """The process that forks; it ends with its standard input."""
    return subprocess.Popen(
        [sys.executable, "-m", "tests.cli.command"],
        cwd=ROOT,
        env=_bare(),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )


def _serve(asked: IO[str], answers: IO[str]) -> None:
    typed("", root)
    for line in asked:
        words, environment, out, err = json.loads(line)
        if (child := os.fork()) == 0:
            _become(words, environment, out, err)
        answers.write(f"{os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])}\n")
        answers.flush()


def _become(words: list[str], environment: dict[str, str], out: str, err: str) -> None:
    """The command of this process, which does not return."""
    for number, file in ((1, out), (2, err)):
        os.dup2(os.open(file, os.O_WRONLY), number)
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    os.environ.clear()
    os.environ.update(environment)
    sys.argv = ["guichet", *words]
    main()


if __name__ == "__main__":
    # The answers keep the first standard output: a command writes on its own.
    _serve(sys.stdin, os.fdopen(os.dup(1), "w", encoding="utf-8"))
