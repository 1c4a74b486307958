"""What a public project carries says the truth: one licence, one version, a description that catalogues can read."""

from __future__ import annotations

import json
import re
import tomllib
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from storage.engine.settings import Settings, secret_variables

ROOT = Path(__file__).resolve().parents[2]


def project() -> dict[str, Any]:
    found: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    return found


def public() -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load((ROOT / "publiccode.yml").read_text())
    return found


def test_the_licence_is_the_one_that_reuse_knows() -> None:
    """Forges read LICENSE, tools read LICENSES: the same text, of the licence that the package announces."""
    licence = (ROOT / "LICENSE").read_text()

    assert licence == (ROOT / "LICENSES" / "EUPL-1.2.txt").read_text()
    assert licence.startswith("EUROPEAN UNION PUBLIC LICENCE v. 1.2")
    assert set(project()["license"].split(" AND ")) == {"EUPL-1.2", "etalab-2.0"}
    assert public()["legal"]["license"] == "EUPL-1.2"


def test_the_version_has_its_day_in_the_changelog() -> None:
    """pyproject.toml says the version; the changelog's latest release is that one; the rest is unreleased."""
    headings = re.findall(r"^## (.+)$", (ROOT / "CHANGELOG.md").read_text(), re.MULTILINE)
    version, _, day = headings[1].partition(" — ")

    assert headings[0] == "Unreleased"
    assert version == project()["version"] == public()["softwareVersion"]
    assert date.fromisoformat(day).isoformat() == public()["releaseDate"]


def test_catalogues_of_public_code_can_read_us() -> None:
    """The fields that publiccode.yml 0.7 requires, within the lengths that it admits; no address that leads nowhere."""
    told = public()

    assert ".example" not in json.dumps(told)
    assert told["platforms"]
    assert told["developmentStatus"] in {"concept", "development", "beta", "stable", "obsolete"}
    assert told["softwareType"] == "standalone/web"
    assert told["maintenance"]["contacts"][0]["name"]
    assert told["localisation"]["localisationReady"] is True
    assert set(told["localisation"]["availableLanguages"]) == {"fr", "br", "en"}
    for words in told["description"].values():
        assert len(words["shortDescription"]) <= 150
        assert 150 <= len(words["longDescription"]) <= 10_000
        assert words["features"]


PAGES = [
    *ROOT.glob("*.md"),
    *(page for folder in ("docs", "departement") for page in (ROOT / folder).rglob("*.md")),
]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_no_page_leads_nowhere(page: Path) -> None:
    """A link to a file of the repository is followed by a reader who has nothing else."""
    for target in re.findall(r"\]\((?!https?:|mailto:|#)([^)\s]+)\)", page.read_text()):
        assert (page.parent / target.partition("#")[0]).exists(), target


def test_each_page_of_the_documentation_is_in_its_index() -> None:
    """By its own name, or by that of its folder."""
    named = set(re.findall(r"\]\(([^)]+)\)", (ROOT / "docs" / "README.md").read_text()))
    for page in (ROOT / "docs").rglob("*.md"):
        place = page.relative_to(ROOT / "docs").as_posix()
        folder = place.partition("/")[0]
        assert place == "README.md" or {place, f"{folder}/", f"{folder}/README.md"} & named, place


def test_each_decision_says_its_day_its_status_and_what_was_not_chosen() -> None:
    """As their index does."""
    index = (ROOT / "docs" / "decisions" / "README.md").read_text()
    for page in (ROOT / "docs" / "decisions").glob("0*.md"):
        text = page.read_text()
        said = re.search(r"^Date: (\d{4}-\d\d-\d\d)\. Status: (.+)\.$", text, re.MULTILINE)

        assert said is not None, page.name
        assert text.startswith(f"# {page.name[:4]}: ")
        assert "**Alternatives.**" in text, page.name
        assert re.search(rf"\({page.name}\) \| .+ \| {said[1]} \| {re.escape(said[2])} \|$", index, re.MULTILINE)


def test_whoever_runs_a_counter_reads_every_setting() -> None:
    """README.fr.md names each variable, and marks those that are secrets."""
    text = (ROOT / "README.fr.md").read_text()
    secrets = set(secret_variables())
    for name, field in Settings.model_fields.items():
        variable = str(field.validation_alias or name.upper())
        assert f"`{variable}`" in text, variable
        assert (f"`{variable}` ◆" in text) == (variable in secrets), variable
