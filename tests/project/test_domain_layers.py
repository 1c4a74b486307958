"""Inside `domain`, files import downwards only: kernel, dossier, plan, steps, what happens, effects, calendar.

Types look upwards (an event says what it makes of a `Dossier`, which is made of the states of its steps), what runs
does not. `import-linter` cannot leave such types out of one contract alone, hence this test on its own graph.
"""

from __future__ import annotations

from functools import cache

import grimp

LAYERS = ("kernel", "dossier", "plan", "steps", "happened", "effect", "calendar")


@cache
def graph() -> grimp.ImportGraph:
    return grimp.build_graph("domain", exclude_type_checking_imports=True)


def test_no_layer_imports_one_above() -> None:
    """A step runs without a dossier, a dossier without the kernel."""
    upwards = graph().find_illegal_dependencies_for_layers(layers=LAYERS, containers={"domain"})
    assert {f"{each.importer} imports {each.imported}" for each in upwards} == set()


def test_no_file_waits_for_itself() -> None:
    """Whatever file is imported first, no circle leaves a name undefined."""
    arrows = [(one, other) for one in graph().modules for other in graph().find_modules_directly_imported_by(one)]
    assert [one for one, other in arrows if graph().chain_exists(importer=other, imported=one)] == []
