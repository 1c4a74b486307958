"""An act is told in one file: `tests/project/an_act.py` defines one that the product does not have, as the how-to says.

It is registered by one line, in a process of its own (`act_told_once.py`); nothing else is edited.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

HOW_TO = Path("docs/how-to/ajouter-un-acte.md")


@pytest.fixture(scope="module")
def met() -> dict[str, Any]:
    """The act, in each place where people and machines meet it."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.project.act_told_once"], capture_output=True, encoding="utf-8", check=False
    )
    assert done.returncode == 0, done.stderr
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def test_it_is_at_the_right_door_and_in_openapi(met: dict[str, Any]) -> None:
    """Agents alone do it; its body is made of its fields, with what dates a late fact."""
    assert met["doors"] == ["/v1/agents/dossiers/{dossier}/acts/note_call"]
    assert met["body"] == ["channel", "confirmed", "effective", "evidence", "reached", "text"]
    assert met["description"] == "Note a call with the person, and what was said."
    assert met["role"] == "instructor"


def test_it_is_on_the_agents_page_with_its_fields_and_words(met: dict[str, Any]) -> None:
    """Offered, named, asked."""
    assert (met["offered"], met["label"]) == ([True], "Noter un appel")
    assert met["page"] == [
        ["reached", "La personne a répondu", "", "choice"],
        ["text", "Ce qui s'est dit", "Sans donnée de santé.", "long"],
    ]
    assert met["late"] == ["effective", "channel", "evidence", "confirmed"]


def test_it_can_be_imagined_and_is_explained(met: dict[str, Any]) -> None:
    """A fork tells it without a word given; the journal says it in French."""
    assert met["fork"] == [["le service", "Le service a appelé la personne."]]
    assert any(line.endswith("Le service a appelé la personne.") for line in met["journal"])


def test_no_room_of_the_product_knows_it() -> None:
    """The count: one file of code; its place in the list is the line that registers it."""
    rooms = ("api", "catalogue", "cli", "domain", "letters", "storage", "web", "workers", "workflows")
    naming = [
        path for room in rooms for path in Path(room).rglob("*.py") if "note_call" in path.read_text(encoding="utf-8")
    ]
    assert naming == []


def test_the_how_to_names_what_exists() -> None:
    """Every file that the page names is there."""
    named = {word.strip("`,.;:()") for word in HOW_TO.read_text(encoding="utf-8").split() if word.startswith("`")}
    files = {word for word in named if word.endswith((".py", ".po", ".html")) and "<" not in word and "{" not in word}
    assert len(files) > 5
    assert not {file for file in files if not Path(file).exists()}
