"""Inside `domain`, no file waits for itself, by what it runs or by the types that it names.

`lint-imports` says which stands above which (pyproject.toml); this looks at every file.
"""

from __future__ import annotations

from functools import cache

import grimp
import pytest

from domain.index import MODULES

OF_EVERY_FILE = ("commands", "events", "step_kinds", "serial")


@cache
def graph() -> grimp.ImportGraph:
    return grimp.build_graph("domain")


def test_no_file_waits_for_itself() -> None:
    """Whatever file is imported first, no circle leaves a name undefined."""
    arrows = [(one, other) for one in graph().modules for other in graph().find_modules_directly_imported_by(one)]
    assert [one for one, other in arrows if graph().chain_exists(importer=other, imported=one)] == []


@pytest.mark.parametrize("module", MODULES)
def test_no_file_of_acts_reads_the_lists_that_it_makes(module: str) -> None:
    """They would be read while its own acts and events are not told yet, and lack them."""
    read = [each for each in OF_EVERY_FILE if graph().chain_exists(importer=module, imported=f"domain.{each}")]
    assert read == []
