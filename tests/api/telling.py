"""Which cases are played: all of them in `make test-long`, else those that tell something that none before them does.

The kernel itself tells every case, each time (`tests/catalogue`).
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator
from typing import TypeVar

from tests.long import LONG

T = TypeVar("T")


def telling(several: Iterable[T], shown: Callable[[T], Iterable[Hashable]]) -> Iterator[T]:
    """Those of `several`, in their order, that add to what is `shown`; every one when there is time."""
    known: set[Hashable] = set()
    for one in several:
        news = set(shown(one)) - known
        known |= news
        if LONG or news:
            yield one
