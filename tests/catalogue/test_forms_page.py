"""`docs/forms.md` speaks of every format, annotation and computation there is."""

from __future__ import annotations

from catalogue.checks.form_fields import WIDGETS
from catalogue.computations import COMPUTATIONS
from catalogue.departement import ROOT
from catalogue.extensions import ANNOTATIONS
from catalogue.formats import FORMATS


def test_the_page_names_everything_an_author_may_write() -> None:
    """What it leaves out, nobody would use."""
    page = (ROOT / "docs" / "forms.md").read_text(encoding="utf-8")
    named = [*(f"`{each}`" for each in (*FORMATS, *WIDGETS, *COMPUTATIONS)), *ANNOTATIONS]

    assert [each for each in named if each not in page] == []
