"""A procedure is two new folders and no edited file: made from the template, completed, checked, simulated, filed."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from catalogue.cases import cases, disagreements, story
from catalogue.checks.everything import faults
from catalogue.departement import ROOT
from catalogue.loader import Catalogue
from catalogue.new import AlreadyThere, BadSlug, begin
from letters.rehearsal import rehearsed

SLUG = "aide-au-permis"
CASE = """
[[cases]]
name = "depot-{day}"
title = "Déposée le {day} janvier"
filed = "2027-01-{day:02}"
expect = [{{ on = "2027-03-{day:02}T12:00", status = "filed" }}]
"""


@pytest.fixture
def empty(tmp_path: Path) -> Catalogue:
    """A catalogue of its own, with nothing in it."""
    return Catalogue(tmp_path / "procedures", tmp_path / "forms_schemas")


def _complete(folders: tuple[Path, ...]) -> None:
    """What its author does: write what remains, and work cases by hand."""
    for file in (path for folder in folders for path in folder.rglob("*") if path.is_file()):
        text = file.read_text(encoding="utf-8").replace("à écrire", "écrit").replace("À écrire", "Écrit")
        file.write_text(text, encoding="utf-8")
    with (folders[0] / "cases.toml").open("a", encoding="utf-8") as cases_file:
        cases_file.writelines(CASE.format(day=day) for day in range(1, 8))


def test_check_says_of_the_template_only_what_remains_to_be_written(empty: Catalogue) -> None:
    """Nothing else is wrong in it: the template lives."""
    begin(SLUG, empty)
    told = faults(SLUG, rehearsed, empty)
    rest = [fault.sentence for fault in told if fault.what != "ce passage reste à écrire."]
    assert len(told) > 10
    assert len(rest) == 1
    assert "il y a 2 cas ; il en faut 8 au moins" in rest[0]


def test_once_completed_it_is_a_procedure_like_the_others(empty: Catalogue) -> None:
    """It is checked, listed, planned and told in time."""
    _complete(begin(SLUG, empty))
    assert faults(SLUG, rehearsed, empty) == ()
    anew = Catalogue(empty.procedures, empty.forms)
    assert anew.slugs() == (SLUG,)
    plan, (silence, *_) = anew.plan(SLUG), cases(SLUG, anew)
    assert disagreements(plan, silence) == ()
    assert story(plan, silence).dossier.status == "implied_rejection"


def test_no_file_of_the_catalogue_is_edited(empty: Catalogue) -> None:
    """Neither code nor list: a folder is enough."""
    before = _hash(ROOT / "catalogue")
    _complete(begin(SLUG, empty))
    faults(SLUG, rehearsed, empty)
    assert _hash(ROOT / "catalogue") == before


def test_nothing_is_written_over(empty: Catalogue) -> None:
    """Either folder is enough to stop."""
    procedure, form = begin(SLUG, empty)
    with pytest.raises(AlreadyThere, match="rien n'a été écrit"):
        begin(SLUG, empty)
    procedure.rename(procedure.with_name("ailleurs"))
    with pytest.raises(AlreadyThere, match="forms_schemas"):
        begin(SLUG, empty)
    assert form.exists()
    assert not procedure.exists()


@pytest.mark.parametrize("slug", ["", "Aide", "aide_permis", "../aide", "aide--permis", "aide-", "été", "a" * 61, "1a"])
def test_a_name_that_cannot_be_an_address_is_refused(empty: Catalogue, slug: str) -> None:
    """And nothing is made."""
    with pytest.raises(BadSlug, match="minuscules sans accent"):
        begin(slug, empty)
    assert not empty.procedures.exists()


def _hash(folder: Path) -> str:
    files = sorted(path for path in folder.rglob("*") if path.is_file() and "__pycache__" not in path.parts)
    return hashlib.sha256(b"".join(path.read_bytes() for path in files)).hexdigest()
