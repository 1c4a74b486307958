"""Which cases are played: all of them in `make test-long`, else those that tell something that none before them does.

The kernel itself tells every case, each time (`tests/procedures/test_cases.py`).
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator
from typing import TypeVar

from catalogue.cases import Case, cases, story
from catalogue.loader import catalogue
from tests.long import LONG

T = TypeVar("T")


def told(slug: str, case: Case) -> set[tuple[str, ...]]:
    """What a case shows of the whole counter: its procedure, its events, refusals and statuses, acts done late."""
    lines = story(catalogue().plan(slug), case).lines
    acts = {("act", act.act, str(bool(act.refused)), str("effective" in act.data)) for act in case.acts}
    events = {("event", line.kind, str(line.refused)) for line in lines}
    return {("procedure", slug), *acts, *events, *(("status", line.status) for line in lines)}


def telling_cases() -> tuple[tuple[str, Case], ...]:
    """The cases to play through a door, with their procedures: those that tell most come first, each tells more."""
    every = [(slug, case, told(slug, case)) for slug in catalogue().slugs() for case in cases(slug)]
    every.sort(key=lambda one: -len(one[2]))
    return tuple((slug, case) for slug, case, _ in telling(every, lambda one: one[2]))


def telling(several: Iterable[T], shown: Callable[[T], Iterable[Hashable]]) -> Iterator[T]:
    """Those of `several`, in their order, that add to what is `shown`; every one when there is time."""
    known: set[Hashable] = set()
    for one in several:
        news = set(shown(one)) - known
        known |= news
        if LONG or news:
            yield one
