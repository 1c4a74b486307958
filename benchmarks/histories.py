"""Histories of a legal clock that could have happened, drawn cheaply: for the bench, and for the tests of the laws."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from random import Random
from typing import get_args

from domain.calendar import UNITS, Delay
from domain.clock.terms import Clock, Fact, FactKind, Silence, Start

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
STARTED_BY: dict[Start, int] = {"competent": 0, "complete": 1, "acknowledged": 2}
PROVIDED, RESUMED = KINDS.index("pieces_provided"), KINDS.index("resumed")
MOST = {"days": 90, "working_days": 45, "months": 4, "years": 2}
FIRST_DAY = date(2023, 12, 20)
DAYS = 1600
Move = tuple[int, int, int]
"""Days since the move before, kind (an index in `KINDS`), length."""
Drawn = tuple[Clock, tuple[Fact, ...]]


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


def histories(seed: int) -> Iterator[Drawn]:
    """Without end, and the same for the same seed: every effect, unit, start, whose, stop, extension, transmission."""
    random = Random(seed)
    below = random.random
    while True:
        clock = _clock(random)
        start = STARTED_BY.get(clock.start)
        moves = [(int(below() * 46), int(below() * len(KINDS)), int(below() * 41)) for _ in range(int(below() * 13))]
        if start is not None and below() < 0.8:
            moves.insert(int(below() * (len(moves) + 1)), (int(below() * 20), start, 0))
        if below() < 0.8:
            moves += [(int(below() * 46), PROVIDED, 0), (int(below() * 46), RESUMED, 0)]
        yield clock, facts_of(FIRST_DAY + timedelta(days=int(below() * DAYS)), moves)


def _clock(random: Random) -> Clock:
    start: Start = random.choice(get_args(Start))
    silence: Silence = random.choice(get_args(Silence))
    return Clock(
        delay_of(random.randrange(len(UNITS)), random.randrange(120), franc=random.random() < 0.25),
        start,
        silence=silence,
        whose="resident" if random.random() < 0.25 else "administration",
    )
