"""A published file that cannot be read says where, what and why, with an example that is right."""

from __future__ import annotations

import shutil
import time
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from catalogue.errors import CatalogueError, UnknownProcedure
from catalogue.loader import Catalogue, catalogue, content_sha256
from catalogue.versions import publish
from tests.catalogue.drafts import Draft

APA, TOML = "apa-domicile", "procedure.toml"
# What is there, what is put instead; the line of the fault, what it says.
FAULTS = [
    ("stopped_by = ", "stoped_by = ", 10, "le mot « stoped_by » n'est pas connu ici"),
    ("delay = { months = 2 }", "delay = { month = 2 }", 9, "Vouliez-vous écrire « months » ?"),
    ("delay = { months = 2 }", "delay = { months = 2, days = 3 }", 9, "un délai a une seule unité"),
    ("delay = { months = 2 }", "delay = { months = 0 }", 9, "un délai a une seule unité"),
    ("delay = { months = 2 }", 'delay = { months = "2" }', 9, "il faut un nombre entier"),
    ('silence = "provisional"', 'silence = "provisoire"', 11, "« provisoire » n'est pas admis ; il faut 'acceptance'"),
    ('team = "equipe-medico-sociale"', 'teem = "equipe-medico-sociale"', 25, "Vouliez-vous écrire « team » ?"),
    ('kind = "assessment"', 'kind = "evaluation"', 23, "« evaluation » n'est pas admis"),
    ('kind = "assessment"\n', "", 23, "il manque « kind »"),
    ('title = "Allocation', 'titel = "Allocation', 1, "le mot « titel » n'est pas connu ici"),
    ("required = true", 'required = "oui"', 0, "il faut true ou false"),
    ('who = ["resident", "mediator", "system"]', 'who = ["citizen"]', 4, "« citizen » n'est pas admis"),
    ("[clock]", "[clock", 7, "ce n'est pas du TOML"),
    ('office = "autonomie"', 'office = "lune"', 0, "le service « lune » n'existe pas"),
    ("form = 1", "form = 2", 0, "le formulaire v2.json manque"),
]


@pytest.mark.parametrize(("old", "new", "line", "said"), FAULTS, ids=[new for _, new, _, _ in FAULTS])
def test_a_fault_has_its_line_and_its_reason(tmp_path: Path, old: str, new: str, line: int, said: str) -> None:
    """At any depth: a mistyped word inside a table is refused, never dropped."""
    draft = Draft(tmp_path, APA)
    draft.edit(TOML, old, new)
    with pytest.raises(CatalogueError) as wrong:
        draft.catalogue.plan(APA)
    fault = next(fault for fault in wrong.value.faults if said in fault.sentence)
    assert fault.file == f"{APA}/{TOML}"
    assert not line or abs(fault.line - line) <= 1


def test_every_fault_is_told_at_once(tmp_path: Path) -> None:
    """An author mends them in one go."""
    draft = Draft(tmp_path, APA)
    draft.edit(TOML, "stopped_by = ", "stoped_by = ")
    draft.edit(TOML, "[[outcomes]]\n", "[[outcomes]]\nfavorable = true\n")
    with pytest.raises(CatalogueError) as wrong:
        draft.catalogue.plan(APA)
    assert {"clock.stoped_by", "outcomes[1].favorable"} <= {fault.where for fault in wrong.value.faults}


def test_what_is_missing_comes_with_an_example(tmp_path: Path) -> None:
    """A right line to copy."""
    draft = Draft(tmp_path, APA)
    draft.edit(TOML, "delay = { months = 2 }\n", "")
    with pytest.raises(CatalogueError, match=r"il manque « delay »\. Par exemple : delay = \{ months = 2 \}"):
        draft.catalogue.plan(APA)


@pytest.mark.parametrize("content", [b"\xff\xfe", b"title = 'a'\x00"])
def test_what_is_not_text_is_refused(tmp_path: Path, content: bytes) -> None:
    """Not UTF-8, a NUL."""
    draft = Draft(tmp_path, APA)
    draft.file(TOML).write_bytes(content)
    with pytest.raises(CatalogueError):
        draft.catalogue.plan(APA)


def test_an_unknown_procedure_names_those_that_are_known() -> None:
    """A path is no name either."""
    for slug in ("lune", "../procedures/apa-domicile", ""):
        with pytest.raises(UnknownProcedure, match="Démarches publiées : acces-documents"):
            catalogue().plan(slug)


@pytest.mark.parametrize("file", ["parameters.toml", "cases.toml"])
def test_the_other_files_are_as_strict(tmp_path: Path, file: str) -> None:
    """A word that nobody knows, in any of them."""
    draft = Draft(tmp_path, APA)
    draft.edit(file, "title = ", "titre = ")
    assert "le mot « titre » n'est pas connu ici" in draft.said()


def test_a_float_is_no_value(tmp_path: Path) -> None:
    """Amounts are exact: written between quotes."""
    draft = Draft(tmp_path, APA)
    draft.edit("parameters.toml", 'value = "0.5"', "value = 0.5")
    assert "une valeur s'écrit en chiffres, entre guillemets" in draft.said()


def test_the_hash_of_a_procedure_covers_every_file_that_decides(tmp_path: Path) -> None:
    """Letters, values and cases included; the guide and the example decide nothing."""
    draft = Draft(tmp_path, APA)
    folder = draft.catalogue.folder(APA)
    seen = {content_sha256(folder)}
    for name in ("guide.md", "example.json"):
        draft.file(name).write_text("autre chose", encoding="utf-8")
        assert content_sha256(folder) in seen
    for name in (TOML, "parameters.toml", "rules.py", "letters/decision-refus.md"):
        draft.file(name).write_text("autre chose", encoding="utf-8")
        seen.add(content_sha256(folder))
    assert len(seen) == 5


@pytest.mark.parametrize("name", ["é" * 300, "a\0b", "..", ""])
def test_a_name_that_no_folder_may_bear_is_an_unknown_procedure(name: str) -> None:
    """Whatever an address holds, nothing but a procedure is looked for, and nothing is remembered of it."""
    every = Catalogue()

    with pytest.raises(UnknownProcedure):
        every.at(name, date(2026, 11, 26))

    assert name not in every._as_of


def test_a_version_published_by_another_process_is_seen(tmp_path: Path) -> None:
    """Without a restart: what is filed next follows it."""
    shipped = Catalogue()
    shutil.copytree(shipped.procedures / "acces-documents", tmp_path / "procedures" / "acces-documents")
    within = Catalogue(tmp_path / "procedures", shipped.forms)
    before = [plan.version for plan in within.published("acces-documents")]
    time.sleep(0.01)

    publish(within.folder("acces-documents"), replace(within.plan("acces-documents"), version=3))

    assert before == [1, 2]
    assert [plan.version for plan in within.published("acces-documents")] == [1, 2, 3]
