"""Everything that may happen by itself, by its name: gathered from the steps, and from what belongs to no step."""

from collections.abc import Mapping

from domain import silence
from domain.due import Coming
from domain.revocation_events import LAPSES
from domain.step_kinds import STEPS

_EVERY = (silence.DUE, LAPSES, *(one for step in STEPS.values() for one in step.comes))
DUES: Mapping[str, Coming] = {each.kind: each for each in sorted(_EVERY, key=lambda each: each.rank)}
