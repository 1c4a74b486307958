"""An act of the person is told in one file, as `tests/project/a_persons_act.py` does, and one line registers it."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from functools import cache
from pathlib import Path
from typing import Any

import pytest

ROOMS = ("api", "catalogue", "cli", "domain", "letters", "storage", "web", "workers", "workflows")
SAID = "La personne demande du temps."


@cache
def met() -> dict[str, Any]:
    """The act, in each place where people and machines meet it."""
    run = [sys.executable, "-m", "tests.project.persons_act_told_once"]
    done = subprocess.run(run, capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stderr
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def test_it_is_at_the_doors_of_persons_alone_and_in_openapi() -> None:
    """The resident's, and their mediator's; its body is its fields, and nobody dates it."""
    assert met()["doors"] == [
        "/v1/mediators/mandates/{mandate}/dossiers/{dossier}/acts/ask_for_time",
        "/v1/residents/dossiers/{dossier}/acts/ask_for_time",
    ]
    assert (met()["body"], met()["required"]) == (["need", "text"], ["text"])


def test_it_has_its_page_and_the_way_to_it() -> None:
    """Shown, done, and linked from the request where it is admitted."""
    at = "/dossiers/{dossier}/actes/ask_for_time"
    assert met()["pages"] == [f"GET {at}", f"POST {at}"]
    assert met()["offered"] == ["actes/ask_for_time", "retrait"]
    assert '<a href="/fr/dossiers/x/actes/ask_for_time">Demander du temps</a>' in met()["linked"]


def test_its_page_asks_its_fields_in_the_person_s_words() -> None:
    """The label, the words of each choice, the default; what agents would read is not there."""
    page = met()["page"]
    assert "<h1>Demander du temps</h1>" in page
    assert "<legend>Combien de temps</legend>" in page
    assert re.search(r'value="weeks" checked> <label for="need-weeks">Des semaines</label>', page)
    assert '<label for="text">Pourquoi</label>' in page
    assert "Ce que dit la personne" not in page


def test_what_is_wrong_is_said_in_its_words_and_what_was_typed_stays() -> None:
    """On top, with a link to the field, and beside it."""
    assert met()["empty"] == {"body": {"need": "months"}, "wrong": {"text": "Dites-le."}}
    assert met()["typed"] == {"body": {"need": "months", "text": "Je suis malade."}, "wrong": {}}
    assert '<a href="#text">Dites-le.</a>' in met()["refused"]
    assert 'id="text-erreur"' in met()["refused"]
    assert 'value="months" checked' in met()["refused"]


def test_it_can_be_simulated_imagined_and_is_explained() -> None:
    """By whom, and in French; its text is read by who may."""
    assert met()["simulate"] == met()["fork"] == [["la personne", SAID]]
    assert any(line.endswith(SAID) for line in met()["explained"])
    assert met()["journal"] == [[SAID, [["Ce que dit la personne", "Je suis malade."]]]]
    assert ["la personne demande du temps." in word for word in met()["told"]] == [True]


def test_no_room_of_the_product_knows_it() -> None:
    """The count: one file of code; its place in the list is the line that registers it."""
    assert naming("ask_for_time") == set()


@pytest.mark.parametrize("act", ["withdraw", "take_over", "give_observations"])
def test_one_whose_page_has_words_of_its_own_is_four_files_at_most(act: str) -> None:
    """Its command, the line that names its page, its template; for some, the name that generated clients know."""
    files = naming(act) - {"web/templates/residents/acts/act.html"}
    assert {f"web/templates/residents/acts/{act}.html", "web/residents/acts.py"} <= files
    assert len(files) <= 4


def naming(act: str) -> set[str]:
    """The files that name an act as the API does, or are named by it."""
    files = (each for room in ROOMS for kind in ("py", "html") for each in Path(room).rglob(f"*.{kind}"))
    return {str(each) for each in files if each.stem == act or f'"{act}"' in each.read_text(encoding="utf-8")}
