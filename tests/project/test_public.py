"""What a public project carries says the truth: one licence, one version, a description that catalogues can read."""

from __future__ import annotations

import re
import tomllib
from datetime import date
from pathlib import Path
from typing import Any

import yaml

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
    """The fields that publiccode.yml 0.7 requires, within the lengths that it admits."""
    told = public()

    assert told["url"].startswith("https://")
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
