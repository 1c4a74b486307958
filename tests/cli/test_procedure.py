"""`guichet procedure`, run as people run it."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from catalogue.loader import PROCEDURES, catalogue
from tests.catalogue.drafts import Draft
from tests.cli.calling import Done, call

SLUGS = sorted(file.parent.name for file in PROCEDURES.glob("*/procedure.toml"))


def procedure(*words: str) -> Done:
    """One command, its exit code and what it printed where."""
    return call("procedure", *words)


def test_in_a_process_of_its_own() -> None:
    """As people run it."""
    guichet = Path(sys.executable).with_name("guichet")
    command = [str(guichet), "procedure", "check", "acces-documents"]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", check=False)
    assert (done.returncode, done.stdout) == (0, "✓ acces-documents : rien à reprendre.\n")


def test_list_gives_each_procedure_with_its_title() -> None:
    """In lines, and in JSON."""
    assert [line.split()[0] for line in procedure("list").stdout.splitlines()] == SLUGS
    told = json.loads(procedure("list", "--json").stdout)
    assert [each["slug"] for each in told] == SLUGS
    assert all(each["title"] == catalogue().plan(each["slug"]).title for each in told)


@pytest.mark.parametrize("slug", SLUGS)
def test_show_tells_each_fact_with_its_text(slug: str) -> None:
    """The delay, the steps, the pieces, the outcomes, the appeals; what is not sure says so."""
    done, plan = procedure("show", slug), catalogue().plan(slug)
    assert done.returncode == 0
    assert plan.clock.delay.in_words() in done.stdout
    facts: list[Any] = [plan.clock, *plan.steps, *plan.appeals, *plan.outcomes]
    for fact in facts:
        assert all(text in done.stdout for text in fact.reference)
    assert all(piece.title in done.stdout for piece in plan.pieces)
    assert "à confirmer" in done.stdout


def test_show_in_json_is_the_plan_that_a_filing_pins() -> None:
    """Whole, with its hashes."""
    told = json.loads(procedure("show", "apa-domicile", "--json").stdout)
    assert told["clock"]["delay"]["months"] == 2
    assert told["content_sha256"] == catalogue().plan("apa-domicile").content_sha256


def test_check_all_finds_nothing_in_what_is_shipped() -> None:
    """Exit 0, a line each."""
    done = procedure("check", "--all")
    assert done.returncode == 0
    assert done.stdout.splitlines() == [f"✓ {slug} : rien à reprendre." for slug in SLUGS]


def test_check_tells_what_is_wrong_and_exits_1(tmp_path: Path) -> None:
    """In whole sentences, and in JSON with the line."""
    draft = Draft(tmp_path, "acces-documents")
    draft.edit("procedure.toml", 'reference = ["CRPA L311-14"]\n', "")
    done = procedure("check", "acces-documents", "--in", str(tmp_path))
    assert done.returncode == 1
    first, second = done.stdout.splitlines()
    assert first == "✗ acces-documents : 1 point à reprendre."
    assert second.startswith("  - acces-documents/procedure.toml, ligne 5")
    assert "l'issue « refus » ne dit pas sur quel texte elle se fonde" in second
    assert 'Par exemple : reference = ["CASF L421-6"]' in second
    told = json.loads(procedure("check", "acces-documents", "--in", str(tmp_path), "--json").stdout)
    assert [fault["where"] for fault in told["acces-documents"]] == ["outcomes[2].reference"]


def test_new_then_check_says_what_remains(tmp_path: Path) -> None:
    """Two folders, one command, and the way to go on."""
    begun = procedure("new", "aide-au-permis", "--in", str(tmp_path))
    assert begun.returncode == 0
    assert (tmp_path / "procedures" / "aide-au-permis" / "procedure.toml").exists()
    assert (tmp_path / "forms_schemas" / "aide-au-permis" / "v1.json").exists()
    assert "guichet procedure check aide-au-permis" in begun.stdout
    done = procedure("check", "aide-au-permis", "--in", str(tmp_path))
    assert done.returncode == 1
    assert "ce passage reste à écrire" in done.stdout
    again = procedure("new", "aide-au-permis", "--in", str(tmp_path))
    assert (again.returncode, again.stdout) == (1, "")
    assert "rien n'a été écrit" in again.stderr


def test_publish_keeps_the_hash_of_what_is_right_only(tmp_path: Path) -> None:
    """A procedure with faults is not published."""
    draft = Draft(tmp_path, "acces-documents")
    draft.edit("guide.md", "## Pour qui", "## Qui")
    assert procedure("publish", "acces-documents", "--in", str(tmp_path)).returncode == 1
    assert not (tmp_path / "forms_schemas" / "published.lock").exists()
    draft.edit("guide.md", "## Qui", "## Pour qui")
    assert "Publié : v1.json" in procedure("publish", "acces-documents", "--in", str(tmp_path)).stdout
    draft.edit("v1.json", "Qui demande ?", "Qui ?")
    done = procedure("check", "acces-documents", "--in", str(tmp_path))
    assert done.returncode == 1
    assert "est publié et son contenu a changé" in done.stdout


def test_a_published_version_is_kept_and_its_facts_are_locked(tmp_path: Path) -> None:
    """Publish, change the authority, be taught; begin version 2, see the difference, publish it."""
    draft, inside = Draft(tmp_path, "acces-documents"), ("--in", str(tmp_path))
    assert "version 1" in procedure("publish", "acces-documents", *inside).stdout
    assert procedure("publish", "acces-documents", *inside).stdout == "Tout était publié.\n"
    assert procedure("diff", "acces-documents", *inside).stdout == "Rien ne change.\n"

    draft.edit("procedure.toml", 'authority = "', 'authority = "La vice-présidente, par délégation du ')
    locked = procedure("check", "acces-documents", *inside)
    assert locked.returncode == 1
    assert "la version 1 est publiée et ses faits ont changé : L'autorité passe de" in locked.stdout
    assert procedure("publish", "acces-documents", *inside).returncode == 1

    draft.edit("procedure.toml", "form = 1\n", "form = 1\nversion = 2\nin_force_from = 2027-01-01\n")
    told = json.loads(procedure("diff", "acces-documents", "v1", "written", "--json", *inside).stdout)
    assert {change["path"] for change in told} == {"version", "authority", "in_force_from", "content_sha256"}
    assert all(change["sentence"] for change in told)
    ready = procedure("check", "acces-documents", *inside)
    assert ready.stdout == (
        "✓ acces-documents : rien à reprendre. À publier (version 2) : guichet procedure publish acces-documents\n"
    )
    assert procedure("publish", "acces-documents", *inside).stdout == "Publié : version 2\n"
    assert procedure("diff", "acces-documents", "v1", "v2", *inside).stdout.startswith("La version passe de 1 à 2")


@pytest.mark.parametrize(
    "words",
    [
        ("diff", "lune"),
        ("diff", "apa-domicile", "v9"),
        ("diff", "apa-domicile", "v1", "nulle-part"),
        ("show", "lune"),
        ("check", "lune"),
        ("check",),
        ("check", "apa-domicile", "--all"),
        ("new", "Été"),
        ("publish", "lune"),
    ],
)
def test_a_wrong_use_exits_2_with_one_sentence(words: tuple[str, ...]) -> None:
    """And nothing on standard output."""
    done = procedure(*words)
    assert (done.returncode, done.stdout) == (2, "")
    assert len(done.stderr.strip().splitlines()) == 1
    assert "Traceback" not in done.stderr
