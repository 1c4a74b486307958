"""An edition is made from the package's files, and read back as the product reads it."""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import date
from pathlib import Path

from catalogue.departement import ROOT
from catalogue.territory import read_territory

SCRIPT = ROOT / "departement" / "territory_edition.py"
NOW = {"type": "commune-actuelle", "departement": "29", "arrondissement": "294"}
PACKAGE = {
    "package.json": {"name": "@etalab/decoupage-administratif", "version": "7.0.0"},
    "data/communes.json": [
        NOW
        | {"code": "29003", "nom": "Audierne", "codesPostaux": ["29770"], "population": 3727}
        | {"anciensCodes": ["29052"]},
        NOW | {"code": "29155", "nom": "L'Île \"d'Ouessant\"", "codesPostaux": ["29242"], "population": 860},
        {"type": "commune-deleguee", "departement": "29", "code": "29052", "nom": "Esquibien", "chefLieu": "29003"},
        NOW | {"code": "22001", "nom": "Allineuc", "departement": "22", "codesPostaux": ["22460"], "population": 600},
    ],
    "data/epci.json": [
        {"code": "242900629", "nom": "CC Cap Sizun", "type": "CC", "membres": [{"code": "29003"}]},
        {"code": "200000000", "nom": "CC Ailleurs", "type": "CC", "membres": [{"code": "22001"}]},
    ],
    "data/arrondissements.json": [{"code": "294", "nom": "Quimper", "departement": "29"}],
}


def test_an_edition_is_made_of_the_package(tmp_path: Path) -> None:
    """Its communes alone, the names they have taken in, their EPCI in full, its source and its day."""
    for name, content in PACKAGE.items():
        file = tmp_path / "package" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(json.dumps(content), encoding="utf-8")

    made = subprocess.run(
        [sys.executable, SCRIPT, tmp_path / "package", "29", "2027-01-01"], capture_output=True, check=True
    )
    (tmp_path / "territory-2027-01-01.toml").write_bytes(made.stdout)

    (edition,) = read_territory(tmp_path, "29").editions
    assert (edition.valid_from, edition.source) == (date(2027, 1, 1), "npm @etalab/decoupage-administratif 7.0.0")
    assert edition.epci == {"242900629": "Communauté de communes Cap Sizun"}
    first, second = edition.communes
    assert (first.names, first.former, first.epci) == (("Audierne", "Esquibien"), ("29052",), "242900629")
    assert (second.name, second.epci, second.cantons) == ("L'Île \"d'Ouessant\"", None, ())
