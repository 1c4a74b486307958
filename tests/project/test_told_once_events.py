"""A step kind, its event, act, reminder and due, told in one file and named by one line, appear everywhere."""

from __future__ import annotations

import ast
import json
import re
import subprocess
import sys
from functools import cache
from pathlib import Path
from typing import Any

ONE_LINE = "import domain.index as index; index.MODULES += ('tests.project.a_step_told_once',)"
EVENT = "Une visite a lieu : à domicile."


@cache
def told() -> dict[str, Any]:
    """What a process whose product knows that step says of it."""
    run = [sys.executable, "-c", f"{ONE_LINE}; import tests.project.telling_a_step"]
    done = subprocess.run(run, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    said: dict[str, Any] = json.loads(done.stdout)
    return said


def test_a_simulation_and_a_fork_tell_it() -> None:
    """The event by itself, at its instant, by whom the event says."""
    assert ["visited", "le service", EVENT] in told()["simulate"]
    assert ["visited", "le service", EVENT] in told()["fork"]


def test_its_act_is_admitted_planned_and_imagined() -> None:
    """By the name that the command gives itself, in `simulate` and in `fork`."""
    assert "visit" in told()["admitted"]
    assert ["visited", "le service", "Une visite a lieu : au bureau."] in told()["planned"]
    assert ["visited", "le service", "Une visite a lieu : à l'école."] in told()["asked"]


def test_the_journal_and_the_explanation_say_it() -> None:
    """What happened, and what comes."""
    assert EVENT in told()["journal"]
    assert "Sans visite, elle sera réputée faite le 21 décembre 2026 à 0 h 00." in told()["explanation"]
    assert told()["due"] in told()["explanation"]
    assert told()["label"] == "visite"


def test_its_reminder_is_sent_at_its_distance_and_says_it() -> None:
    """Four days before the twentieth."""
    assert ["tell:visit", "2026-12-15T23:00:00+00:00"] in told()["reminders"]
    assert "la visite doit avoir lieu dans 4 jours." in told()["word"]


def test_what_follows_it_has_its_step_its_title_and_its_words() -> None:
    """A letter, an e-mail, then the word to subscribed systems."""
    assert told()["effects"] == [["letter:visit", "on_the_spot"], ["email:visit", "on_the_spot"], ["webhook", "always"]]
    assert told()["letter"] == "Compte rendu de visite"
    assert "Son compte rendu vous attend." in told()["mail"]


def test_it_is_stored_and_read_again() -> None:
    """The journal, the pinned plan, the state."""
    assert told()["stored"]
    assert told()["pinned"]
    assert told()["state"]


def test_a_step_with_a_state_of_its_own_is_six_files_at_most() -> None:
    """The visa: its file, its state, where a dossier keeps it, the line that names it, what a procedure must say."""
    rooms = ("api", "catalogue", "cli", "domain", "letters", "storage", "web", "workers", "workflows")
    telling = re.compile(r"\bvisas?\b|Visa[A-Z]|GiveVisa")
    files = [each for room in rooms for each in Path(room).rglob("*.py")]
    named = {str(each) for each in files if any(telling.search(line) for line in code(each))}
    assert {"domain/steps/visa.py", "domain/states.py", "domain/dossier.py", "domain/index.py"} <= named
    assert len(named) <= 6, named


def code(file: Path) -> list[str]:
    """What runs of it: neither comments nor sentences."""
    kept = {ast.Name: "id", ast.Attribute: "attr", ast.alias: "name", ast.ClassDef: "name", ast.arg: "arg"}
    nodes = list(ast.walk(ast.parse(file.read_text(encoding="utf-8"))))
    said = [each.value for each in nodes if isinstance(each, ast.Constant) and isinstance(each.value, str)]
    names = [getattr(each, kept[type(each)]) for each in nodes if type(each) in kept]
    return names + [each for each in said if " " not in each]
