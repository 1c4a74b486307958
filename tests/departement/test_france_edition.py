"""The communes of France are made from the package's files, and read back as the product reads them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from catalogue import france
from departement.france_edition import lines
from tests.departement.test_territory_edition import PACKAGE


def test_the_file_is_made_of_the_package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its source first, then each present commune once, with what finds it."""
    for name, content in PACKAGE.items():
        file = tmp_path / "package" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(json.dumps(content), encoding="utf-8")
    made = tmp_path / "communes.tsv"
    made.write_text("\n".join(lines(tmp_path / "package")) + "\n", encoding="utf-8")

    monkeypatch.setattr(france, "FILE", made)
    read = france.france.__wrapped__()

    assert made.read_text(encoding="utf-8").startswith("# npm @etalab/decoupage-administratif 7.0.0")
    assert sorted(read.places) == ["22001", "29003", "29155"]
    assert [place.insee for place in read.search("22460 allineuc")] == ["22001"]
