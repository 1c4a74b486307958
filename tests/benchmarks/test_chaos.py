"""A small chaos at each run of the tests; the large one is `make chaos`."""

from __future__ import annotations

import random

import pytest

from benchmarks.chaos import as_text, run
from benchmarks.faults import PARTS, drawn

SEED = 20261124


def told(part: str, sentence: str) -> None:
    """What happened, for the report of a failure."""
    print(part, sentence)  # noqa: T201 (shown by pytest when the test fails)


@pytest.mark.long
async def test_ten_dossiers_filed_through_four_kills_are_neither_lost_nor_doubled_nor_stuck() -> None:
    """One kill -9 of each part, on the whole product."""
    outcome = await run(seed=SEED, count=10, kills=4, clients=4, tell=told)

    assert outcome.holds, as_text(outcome)
    assert outcome.acknowledged == 10
    assert outcome.kills == 4
    assert outcome.refused > 0, "the mail server refused an address, and it is an incident"


def test_a_seed_draws_the_same_faults_and_spares_no_part() -> None:
    faults = drawn(random.Random(SEED), 10)  # noqa: S311 (a draw, no secret)

    assert faults == drawn(random.Random(SEED), 10)  # noqa: S311 (a draw, no secret)
    assert {fault.part for fault in faults} == set(PARTS)
    assert [fault.at for fault in faults] == sorted(fault.at for fault in faults)
