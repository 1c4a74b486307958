"""Versions of a procedure: which one a filing of a day pins, and what may not change once published."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from catalogue.errors import CatalogueError, NotInForce, UnknownVersion
from catalogue.loader import Catalogue, catalogue, content_sha256
from catalogue.named_versions import UnknownName, differences, named
from catalogue.versions import publish, versions
from domain.calendar import Delay
from tests.catalogue.drafts import Draft

DOC, TOML = "acces-documents", "procedure.toml"
DELAY = "delay = { months = 1 }"


def fresh(draft: Draft) -> Catalogue:
    """The catalogue as another process would read it."""
    return Catalogue(draft.catalogue.procedures, draft.catalogue.forms)


def published(tmp_path: Path) -> Draft:
    """A shipped procedure whose version 1 is published."""
    draft = Draft(tmp_path, DOC)
    publish(draft.catalogue.folder(DOC), draft.catalogue.plan(DOC))
    return draft


def second(draft: Draft, since: str = "2027-01-01", *, delay: str = "delay = { months = 2 }") -> None:
    """Its author begins version 2."""
    draft.edit(TOML, DELAY, delay)
    draft.edit(TOML, "form = 1\n", f"form = 1\nversion = 2\nin_force_from = {since}\n")


def test_every_shipped_version_is_the_one_that_its_folder_writes() -> None:
    """What is offered is what is published."""
    for slug in catalogue().slugs():
        kept = catalogue().published(slug)
        assert not kept or catalogue().at(slug, date(2026, 11, 25)) == kept[-1]


def test_each_day_has_the_version_that_was_in_force(tmp_path: Path) -> None:
    """The eve, the day itself; both versions stay available."""
    draft = published(tmp_path)
    second(draft)
    publish(draft.catalogue.folder(DOC), fresh(draft).plan(DOC))
    both = fresh(draft)

    assert both.at(DOC, date(2026, 12, 31)).clock.delay == Delay(months=1)
    assert both.at(DOC, date(2027, 1, 1)).clock.delay == Delay(months=2)
    assert [both.version(DOC, number).version for number in (1, 2)] == [1, 2]
    with pytest.raises(UnknownVersion, match="Versions publiées : 1, 2"):
        both.version(DOC, 3)


def test_a_version_that_is_being_written_is_offered_to_nobody(tmp_path: Path) -> None:
    """Until it is published, whatever its day."""
    draft = published(tmp_path)
    second(draft, "2026-01-01")

    assert fresh(draft).at(DOC, date(2026, 12, 1)).version == 1
    assert fresh(draft).plan(DOC).version == 2


def test_a_procedure_that_published_nothing_is_offered_as_written_from_its_day(tmp_path: Path) -> None:
    """A new folder works at once; it may also wait for a day."""
    draft = Draft(tmp_path, DOC)
    assert fresh(draft).at(DOC, date(1999, 1, 1)).version == 1

    draft.edit(TOML, "form = 1\n", "form = 1\nin_force_from = 2027-01-01\n")
    with pytest.raises(NotInForce, match="à compter du 01/01/2027"):
        fresh(draft).at(DOC, date(2026, 12, 31))


def test_the_same_version_is_the_same_plan_each_time(tmp_path: Path) -> None:
    """The register pins plans by identity."""
    both = fresh(published(tmp_path))

    assert both.at(DOC, date(2027, 1, 1)) is both.at(DOC, date(2028, 1, 1))


def test_a_letter_may_change_within_a_version_and_is_then_the_one_of_today(tmp_path: Path) -> None:
    draft = published(tmp_path)
    cases = draft.file("cases.toml")
    cases.write_text(cases.read_text(encoding="utf-8") + "\n# relu\n", encoding="utf-8")

    assert draft.said() == ""
    assert fresh(draft).at(DOC, date(2027, 1, 1)).content_sha256 == content_sha256(draft.catalogue.folder(DOC))


def test_a_legal_fact_changed_without_a_new_version_says_what_changed_and_what_to_do(tmp_path: Path) -> None:
    draft = published(tmp_path)
    draft.edit(TOML, DELAY, "delay = { months = 2 }")

    fault = next(fault for fault in draft.faults() if fault.where == "version")

    assert "la version 1 est publiée et ses faits ont changé" in fault.what
    assert "Le délai passe de 1 mois à 2 mois (clock.delay)." in fault.what
    assert "écrivez la version 2 et le jour où elle entre en vigueur" in fault.what
    assert fault.example == "version = 2 puis in_force_from = 2027-01-01"


@pytest.mark.parametrize(
    ("lines", "why"),
    [
        ("version = 2", "dit à compter de quel jour"),
        ("version = 3\nin_force_from = 2027-01-01", "la suivante est la 2, pas la 3"),
        ("version = 2\nin_force_from = 2027-01-01", ""),
    ],
)
def test_the_next_version_follows_and_has_its_day(tmp_path: Path, lines: str, why: str) -> None:
    draft = published(tmp_path)
    draft.edit(TOML, "form = 1\n", f"form = 1\n{lines}\n")

    assert why in draft.said()
    assert bool(why) == bool(draft.said())


def test_a_third_version_begins_after_the_second(tmp_path: Path) -> None:
    draft = published(tmp_path)
    second(draft)
    publish(draft.catalogue.folder(DOC), fresh(draft).plan(DOC))
    draft.edit(TOML, "version = 2\nin_force_from = 2027-01-01", "version = 3\nin_force_from = 2027-01-01")

    assert "la version 2 est en vigueur depuis le 01/01/2027 : la suivante vient après" in draft.said()


@pytest.mark.parametrize(("old", "new"), [('"months": 1', '"months": 9'), ("{", "[")])
def test_a_published_file_that_was_edited_is_told_and_never_offered(tmp_path: Path, old: str, new: str) -> None:
    draft = published(tmp_path)
    file = draft.catalogue.folder(DOC) / "published" / "1.json"
    file.write_text(file.read_text(encoding="utf-8").replace(old, new, 1), encoding="utf-8")

    assert "cette version est publiée et son fichier a changé" in draft.said()
    with pytest.raises(CatalogueError):
        fresh(draft).at(DOC, date(2027, 1, 1))


def test_publishing_again_changes_nothing_and_the_hash_of_the_folder_ignores_what_is_published(tmp_path: Path) -> None:
    draft = Draft(tmp_path, DOC)
    folder = draft.catalogue.folder(DOC)
    before = content_sha256(folder)

    assert publish(folder, draft.catalogue.plan(DOC)) is not None
    assert publish(folder, draft.catalogue.plan(DOC)) is None
    assert content_sha256(folder) == before
    assert [version.plan for version in versions(folder)] == [draft.catalogue.plan(DOC)]


def test_a_version_has_four_names(tmp_path: Path) -> None:
    """Its number, the last published, what is written, a folder; a folder may bring its own form."""
    draft = published(tmp_path / "here")
    second(draft)
    other = Draft(tmp_path / "there", DOC)
    other.edit("v1.json", "Qui demande ?", "Qui ?")
    within = fresh(draft)

    assert named(within, DOC, "v1").plan.version == named(within, DOC, "published").plan.version == 1
    assert named(within, DOC, "written").plan.version == 2
    candidate = named(within, DOC, str(other.catalogue.folder(DOC)))
    told = [change.sentence for change in differences(named(within, DOC, "1"), candidate)]
    assert "Le fichier du formulaire change (form_sha256)." in told
    assert any("« Qui demande ? » s'appelle désormais « Qui ? »" in sentence for sentence in told)
    with pytest.raises(UnknownName, match="n'est pas une version"):
        named(within, DOC, "lune")
