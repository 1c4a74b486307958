"""Which cases are played: all of them in `make test-long`, else the shortest that tell together what all of them do.

The kernel itself tells every case, each time (`tests/procedures/test_cases.py`).
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator
from typing import TypeVar

from catalogue.cases import Case, cases, story
from catalogue.loader import catalogue
from tests.long import LONG

T = TypeVar("T")
FILING = 3
"""What a filing takes, in acts."""


def told(slug: str, case: Case) -> set[tuple[str, ...]]:
    """What a case shows of the whole counter: its procedure, its events, refusals and statuses, acts done late."""
    lines = story(catalogue().plan(slug), case).lines
    acts = {("act", act.act, str(bool(act.refused)), str("effective" in act.data)) for act in case.acts}
    events = {("event", line.kind, str(line.refused)) for line in lines}
    return {("procedure", slug), *acts, *events, *(("status", line.status) for line in lines)}


def telling_cases() -> tuple[tuple[str, Case], ...]:
    """The cases to play through a door, with their procedures."""
    every = [(slug, case, told(slug, case)) for slug in catalogue().slugs() for case in cases(slug)]
    return tuple((slug, case) for slug, case, _ in telling(every, lambda one: one[2], lambda one: len(one[1].acts)))


def telling(several: Iterable[T], shown: Callable[[T], Iterable[Hashable]], acts: Callable[[T], int]) -> Iterator[T]:
    """Those of `several` that show together all that is `shown`, the most for their `acts` first."""
    left = [(one, frozenset(shown(one))) for one in several]
    if LONG:
        yield from (one for one, _ in left)
        return
    known: set[Hashable] = set()
    while left:
        most = max(left, key=lambda each: len(each[1] - known) / (FILING + acts(each[0])))
        if most[1] <= known:
            return
        known |= most[1]
        left.remove(most)
        yield most[0]
