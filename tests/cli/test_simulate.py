"""`guichet simulate`, run as people run it."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from catalogue.cases import cases
from catalogue.loader import catalogue
from tests.cli.calling import Done, call


def simulate(*words: str) -> Done:
    """One story."""
    return call("simulate", *words)


def test_in_a_process_of_its_own() -> None:
    """As people run it."""
    guichet = Path(sys.executable).with_name("guichet")
    done = subprocess.run([guichet, "simulate", "apa-domicile"], capture_output=True, encoding="utf-8", check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("Allocation personnalisée d'autonomie à domicile : personne n’agit")


@pytest.mark.parametrize(
    ("slug", "born", "status"),
    [
        ("agrement-assistant-maternel", "2027-02-23", "implied_acceptance"),
        ("acces-documents", "2026-12-23", "implied_rejection"),
        ("apa-domicile", "2027-01-23", "provisional"),
    ],
)
def test_nobody_acts_from_a_day(slug: str, born: str, status: str) -> None:
    """The silence takes effect at midnight in Paris, under its article."""
    told = json.loads(simulate(slug, "--from", "2026-11-23", "--json").stdout)
    assert (told["born"], told["status"]) == (born, status)
    last = told["lines"][-1]
    assert last["kind"] == "silence_took_effect"
    assert last["at"] == f"{born}T23:00:00Z"
    assert last["on"] == born
    assert last["article"]


def test_the_story_is_told_in_dated_lines() -> None:
    """Who did what, when, under which article."""
    done = simulate("agrement-assistant-maternel", "--case", "refus-notifie-tard")
    assert (done.returncode, done.stderr) == (0, "")
    title, blank, *lines = done.stdout.splitlines()
    assert title.endswith("rencontre l'agrément")
    assert blank == ""
    assert lines[0].startswith("· 30 novembre 2026 à 12 h 00")
    assert any(line.startswith("✗ 1er mars 2027 à 9 h 00") and "L421-6" in line for line in lines)
    assert any("28 février 2027 à minuit" in line and "la loi" in line for line in lines)


def test_without_a_day_it_begins_today() -> None:
    """Never a day that somebody wrote in the code."""
    assert json.loads(simulate("acces-documents", "--json").stdout)["status"] == "implied_rejection"


@pytest.mark.parametrize("slug", catalogue().slugs())
def test_every_case_can_be_told(slug: str) -> None:
    """One process is enough to try that the command finds them; the cases themselves are tried elsewhere."""
    name = cases(slug)[-1].name
    told = json.loads(simulate(slug, "--case", name, "--json").stdout)
    assert told["procedure"] == slug
    assert told["lines"][0]["kind"] == "filed"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("lune",), "n'est pas au catalogue"),
        (("apa-domicile", "--case", "lune"), "n'a pas de cas « lune ». Cas connus : silence"),
        (("apa-domicile", "--from", "demain"), "« demain » n'est pas une date"),
        (("apa-domicile", "--from", "2026-02-30"), "« 2026-02-30 » n'est pas une date"),
        ((), "procedure"),
    ],
)
def test_a_wrong_use_exits_2_with_one_sentence(words: tuple[str, ...], said: str) -> None:
    """What is unknown, and what is known."""
    done = simulate(*words)
    assert (done.returncode, done.stdout) == (2, "")
    assert said in done.stderr.lower() or said in done.stderr
    assert "Traceback" not in done.stderr
