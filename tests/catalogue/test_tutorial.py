"""docs/tutorial.md: its commands run in its order and print what it says."""

from __future__ import annotations

import re
from pathlib import Path

from catalogue.departement import ROOT
from tests.cli.calling import call

SLUG = "aide-au-permis"
BLOCK = re.compile(r"```console\n(.*?)```", re.DOTALL)
CASE = """
[[cases]]
name = "depot-{day}"
title = "Déposée le {day} janvier"
filed = "2027-01-{day:02}"
expect = [{{ on = "2027-03-{day:02}T12:00", status = "filed" }}]
"""


def blocks() -> list[tuple[list[str], list[str]]]:
    """Each command of the tutorial, as words, and the lines that it shows."""
    text = (ROOT / "docs" / "tutorial.md").read_text(encoding="utf-8")
    told = [block.splitlines() for block in BLOCK.findall(text)]
    return [(lines[0].removeprefix("$ guichet ").split(), lines[1:]) for lines in told]


def test_a_reader_who_follows_the_tutorial_publishes_a_procedure(tmp_path: Path) -> None:
    """Everything as written, but in a folder of its own; between check and publish, what the author writes."""
    every = blocks()
    assert [words[:2] for words, _ in every] == [
        ["procedure", "new"],
        ["procedure", "check"],
        ["simulate", SLUG],
        ["procedure", "show"],
        ["procedure", "publish"],
    ]
    for words, shown in every:
        if words[1] == "publish":
            write_what_remains(tmp_path / "procedures" / SLUG, tmp_path / "forms_schemas" / SLUG)
        done = call(*words, "--in", str(tmp_path))
        printed = done.stdout.replace(f"{tmp_path}/", "")
        assert done.returncode == (1 if words[1] == "check" else 0), done.stderr
        assert printed.splitlines()[: len(shown)] == shown
    assert call("procedure", "check", SLUG, "--in", str(tmp_path)).returncode == 0


def test_the_case_of_the_tutorial_is_right(tmp_path: Path) -> None:
    """The one that a reader copies."""
    call("procedure", "new", SLUG, "--in", str(tmp_path))
    text = (ROOT / "docs" / "tutorial.md").read_text(encoding="utf-8")
    (case,) = re.findall(r"```toml\n(\[\[cases\]\].*?)```", text, re.DOTALL)
    with (tmp_path / "procedures" / SLUG / "cases.toml").open("a", encoding="utf-8") as file:
        file.write(case)
    told = call("procedure", "check", SLUG, "--in", str(tmp_path)).stdout
    assert "il y a 3 cas" in told
    assert "le noyau donne" not in told


def write_what_remains(procedure: Path, forms: Path) -> None:
    """What the author does between the first check and the last, in the two new folders."""
    for file in (path for folder in (procedure, forms) for path in folder.rglob("*") if path.is_file()):
        text = file.read_text(encoding="utf-8").replace("à écrire", "écrit").replace("À écrire", "Écrit")
        file.write_text(text, encoding="utf-8")
    with (procedure / "cases.toml").open("a", encoding="utf-8") as cases_file:
        cases_file.writelines(CASE.format(day=day) for day in range(1, 8))
