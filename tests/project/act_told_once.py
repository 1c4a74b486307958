"""What the product makes of an act that it does not have, once one line registers it. Run alone, by its test."""

from __future__ import annotations

import json
import sys

from domain import index

index.MODULES += ("tests.project.an_act",)  # the one line

# Everything that reads the list comes after it.
from domain.admissibility import acts_for  # noqa: E402
from domain.commands import COMMAND  # noqa: E402
from domain.explained.explanation import explain  # noqa: E402
from domain.permissions import role_needed  # noqa: E402
from tests.api.test_acts_in_openapi import document_of_acts  # noqa: E402
from tests.domain.futures.test_fork import forked, live  # noqa: E402
from tests.domain.telling import Telling, plan, when  # noqa: E402
from web.agents.act_fields import EVERY  # noqa: E402


def everywhere() -> dict[str, object]:
    """The act in each place where people and machines meet it."""
    document = document_of_acts()
    doors = [path for path in document["paths"] if path.endswith("/note_call")]
    (body,) = (each for name, each in document["components"]["schemas"].items() if name == "NoteCallIn")
    filed = Telling(plan()).file("2026-11-24")
    told = forked(filed, "2026-12-03", ("2026-12-02", "note_call", {}))
    noted = Telling(plan()).file("2026-11-24").do(COMMAND.validate_python({"kind": "note_call"}), "2026-12-02")
    known = live(noted, "2026-12-03")
    page, offered = EVERY["note_call"], acts_for(filed.dossier, "agent", when("2026-12-02"))
    return {
        "doors": doors,
        "body": sorted(body["properties"]),
        "description": document["paths"][doors[0]]["post"]["description"],
        "page": [[each.name, each.says.label, each.says.hint, each.kind] for each in page.plain],
        "late": [each.name for each in page.late],
        "offered": [each.admitted for each in offered if each.act == page.name],
        "label": page.doing.command.label,
        "role": role_needed("note_call"),
        "fork": [[line.who, line.sentence] for line in told.lines if line.kind == "call_noted"],
        "journal": [line.sentence for line in explain(known.entries, noted.dossier, "resident")],
    }


if __name__ == "__main__":
    json.dump(everywhere(), sys.stdout)
