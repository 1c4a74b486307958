"""The project's words explain themselves, and nothing of one machine is written in the repository."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


def run(*words: str) -> str:
    return subprocess.run(words, cwd=ROOT, capture_output=True, text=True, check=True).stdout


def test_help_names_every_word() -> None:
    """A target without a sentence of its own would be a secret."""
    phony = re.search(r"^\.PHONY: (.*)$", (ROOT / "Makefile").read_text(), re.MULTILINE)
    assert phony is not None

    said = run("make", "help")

    for word in phony[1].split():
        assert re.search(rf"^  make {word} +\S", said, re.MULTILINE), word


def test_ci_says_the_same_words() -> None:
    """The file is executable, and calls make check and make test."""
    script = ROOT / ".ci" / "run"

    assert os.access(script, os.X_OK)
    assert {"setup", "check", "test"} <= set(re.findall(r"^part (\w+)", script.read_text(), re.MULTILINE))
    assert 'make "$1"' in script.read_text()


@pytest.mark.skipif(shutil.which("git") is None, reason="needs the repository")
def test_no_path_of_a_developers_machine_is_committed() -> None:
    """The folder above this clone is nobody else's business."""
    # A folder such as /tmp is on every machine and names nobody: then the clone's own path is looked for.
    above = str(ROOT.parent if len(ROOT.parent.parts) > 2 else ROOT) + "/"

    found = subprocess.run(["git", "grep", "-nIF", "-e", above], cwd=ROOT, capture_output=True, text=True, check=False)

    assert found.stdout == ""
