"""The arithmetic of the measures."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.measure import Figures, Sample, percentile

times = st.lists(st.floats(min_value=0, max_value=1e6), min_size=1).map(sorted)
shares = st.sampled_from([0.01, 0.25, 0.5, 0.75, 0.99, 1.0])


@given(times, shares)
def test_a_percentile_is_the_smallest_time_that_enough_times_do_not_exceed(found: list[float], share: float) -> None:
    value = percentile(found, share)
    wanted = math.ceil(len(found) * share)

    assert sum(time <= value for time in found) >= wanted
    assert sum(time < value for time in found) < wanted


@pytest.mark.parametrize(
    ("share", "expected"), [(0.5, 50.0), (0.99, 99.0), (1.0, 100.0)], ids=["median", "p99", "worst"]
)
def test_of_a_hundred_times(share: float, expected: float) -> None:
    assert percentile([float(time) for time in range(1, 101)], share) == expected


def test_no_time_has_no_percentile() -> None:
    with pytest.raises(ValueError, match="no time"):
        percentile([], 0.5)


def test_bursts_are_counted_together() -> None:
    figures = Figures.of("dépôts", 2, [Sample((1.0, 3.0), 1.0), Sample((2.0, 9.0), 3.0)])

    assert (figures.count, figures.rate, figures.p50, figures.p99) == (4, 1.0, 2.0, 9.0)
