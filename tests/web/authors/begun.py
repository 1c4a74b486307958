"""A copy of one procedure in a folder of its own, where an author has begun the next version."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from catalogue.loader import Catalogue, catalogue

SLUG = "acces-documents"
BEGUN = "version = 3\nin_force_from = 2027-03-01"


@pytest.fixture
def begun_version(tmp_path: Path) -> Catalogue:
    """A copy of one procedure, whose author has begun version 3: two months instead of one."""
    shipped = catalogue()
    procedures, forms = tmp_path / "procedures", tmp_path / "forms_schemas"
    shutil.copytree(shipped.procedures / SLUG, procedures / SLUG)
    shutil.copytree(shipped.forms / SLUG, forms / SLUG)
    shutil.copy(shipped.forms / "published.lock", forms / "published.lock")
    file = procedures / SLUG / "procedure.toml"
    said = file.read_text(encoding="utf-8")
    said = re.sub(r"^version = 2\nin_force_from = .*$", BEGUN, said, count=1, flags=re.MULTILINE)
    assert BEGUN in said
    file.write_text(said, encoding="utf-8")
    return Catalogue(procedures, forms)
