"""Histories to try a clock on, for Hypothesis: any list of small moves is turned into one that could have happened."""

from __future__ import annotations

from datetime import timedelta

from hypothesis import strategies as st

from benchmarks.histories import DAYS, FIRST_DAY, KINDS, delay_of, facts_of
from domain.clock.terms import Clock

days = st.integers(0, DAYS).map(lambda n: FIRST_DAY + timedelta(days=n))
delays = st.builds(
    lambda unit, count, franc: delay_of(unit, count, franc=franc),
    st.integers(0, 3),
    st.integers(0, 120),
    st.sampled_from([False, False, False, True]),
)
clocks = st.builds(
    Clock,
    delays,
    st.sampled_from(["filed", "complete", "acknowledged", "competent"]),
    silence=st.sampled_from(["acceptance", "rejection", "provisional", "none"]),
    whose=st.sampled_from(["administration", "administration", "administration", "resident"]),
)
moves = st.lists(
    st.tuples(st.integers(0, 45), st.integers(0, len(KINDS) - 1), st.integers(0, 40)),
    max_size=12,
)
histories = st.builds(facts_of, days, moves)
