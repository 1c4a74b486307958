"""The order of `MODULES` is the one in which people read acts, nothing more: read from the end, nothing is missing."""

from __future__ import annotations

import json
import subprocess
import sys

from domain.commands import COMMANDS
from domain.events import KINDS
from domain.step_kinds import STEPS

FROM_THE_END = """
import json
from domain import index
index.MODULES = index.MODULES[::-1]
from domain.commands import COMMANDS
from domain.events import KINDS
from domain.serial import PLAN
from domain.step_kinds import STEPS
print(json.dumps([list(COMMANDS), list(KINDS), list(STEPS), list(PLAN.json_schema()["properties"])]))
"""


def test_the_acts_the_events_and_the_steps_are_the_same_in_any_order() -> None:
    """No file needs that another was read before it."""
    told = subprocess.run([sys.executable, "-c", FROM_THE_END], capture_output=True, text=True, check=True)
    acts, events, steps, planned = json.loads(told.stdout)

    assert (sorted(acts), sorted(events), sorted(steps)) == (sorted(COMMANDS), sorted(KINDS), sorted(STEPS))
    assert list(COMMANDS) != acts
    assert "steps" in planned
