"""Histories to try a clock on: any list of small moves is turned into one that could have happened."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from hypothesis import strategies as st

from domain.calendar import Delay, Unit
from domain.clock import Clock, Fact, FactKind

KINDS: tuple[FactKind, ...] = (
    "received_by_competent",
    "complete",
    "acknowledged",
    "pieces_requested",
    "pieces_requested",
    "pieces_provided",
    "pieces_provided",
    "extended",
    "suspended",
    "resumed",
)
UNITS: tuple[Unit, ...] = ("days", "working_days", "months", "years")
Move = tuple[int, int, int]
"""Days since the move before, kind (an index in `KINDS`), length."""

MOST = {"days": 90, "working_days": 45, "months": 4, "years": 2}


def facts_of(filed_on: date, moves: Sequence[Move]) -> tuple[Fact, ...]:
    """A filing, then each move that the moves before it make possible."""
    facts = [Fact(filed_on, "filed")]
    asked = suspended = False
    day = filed_on
    for gap, kind_index, length in moves:
        kind = KINDS[kind_index]
        if (kind == "pieces_provided" and not asked) or (kind == "resumed" and not suspended):
            continue
        day += timedelta(days=gap)
        until = day + timedelta(days=length) if kind == "pieces_requested" else None
        by = delay_of(length, length + 1) if kind == "extended" else None
        facts.append(Fact(day, kind, until, by))
        asked = kind == "pieces_requested" or (asked and kind != "pieces_provided")
        suspended = kind == "suspended" or (suspended and kind != "resumed")
    return tuple(facts)


def delay_of(unit: int, count: int, *, franc: bool = False) -> Delay:
    """A delay of a sensible length, whatever the numbers drawn."""
    name = UNITS[unit % len(UNITS)]
    return Delay.of(name, count % MOST[name] + 1, franc=franc)


days = st.integers(0, 1600).map(lambda n: date(2023, 12, 20) + timedelta(days=n))
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
