"""The worked dates of docs/clock.md are what the clock gives."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from domain.clock.case import as_json, parse_case

BLOCKS = re.findall(
    r"```json\n(.*?)```", (Path(__file__).parents[3] / "docs/clock.md").read_text(encoding="utf-8"), re.DOTALL
)


def test_every_example_has_a_case_and_an_outcome() -> None:
    assert len(BLOCKS) == 12


@pytest.mark.parametrize(("case", "outcome"), list(zip(BLOCKS[::2], BLOCKS[1::2], strict=True)))
def test_a_worked_date_of_the_documentation_is_the_clocks(case: str, outcome: str) -> None:
    found = as_json(parse_case(case.encode()).reckoned())
    assert {"expires": found["expires"], "born": found["born"]} == json.loads(outcome)
