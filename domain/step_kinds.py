"""Every kind of step: each is told whole in its file, which `domain/index.py` names."""

from collections.abc import Mapping

from domain.index import defined, name_of
from domain.step import StepBase

STEPS: Mapping[str, type[StepBase]] = {name_of(step): step for step in defined(StepBase)}
"""Every kind of step by its name."""
