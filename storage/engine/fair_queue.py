"""Heavy work in threads of its own, shared fairly: nobody's work waits behind all of somebody else's.

Each account has its own line; free places go round the accounts, and one account never holds them all. What waits
here takes no thread from the rest of the process (names to resolve, mail to write). Source: fair queuing, RFC 970.
"""

import asyncio
import threading
from collections import Counter, deque
from collections.abc import Callable, Hashable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from typing import Any, Final, TypeVar

T = TypeVar("T")

WAIT: Final = 10
"""Seconds after which somebody who had too much in hand may try again."""


class TooMuchAtOnce(Exception):
    """This account already has as much in hand as one may: `seconds` to wait before trying again."""

    def __init__(self, seconds: int = WAIT) -> None:
        self.seconds = seconds
        super().__init__(seconds)


@dataclass(frozen=True, slots=True)
class _Work:
    """Something to do once its turn comes."""

    do: Callable[[], Any]
    done: Future[Any] = field(default_factory=Future)


class FairQueue:
    """`places` threads, of which one account holds at most `each`; an account has at most `in_hand` things in hand.

    One queue serves every event loop of the process: its state is under a lock, not under a loop.
    """

    def __init__(self, name: str, *, places: int, each: int, in_hand: int) -> None:
        self._each, self._in_hand = each, in_hand
        self._threads = ThreadPoolExecutor(places, thread_name_prefix=name)
        self._free = places
        self._lock = threading.Lock()
        self._lines: dict[Hashable, deque[_Work]] = {}
        self._running: Counter[Hashable] = Counter()
        self._admitted: Counter[Hashable] = Counter()

    @contextmanager
    def admitted(self, account: Hashable) -> Iterator[None]:
        """Count one thing in hand for this account, from its first byte to its end. Raises TooMuchAtOnce."""
        with self._lock:
            if self._admitted[account] >= self._in_hand:
                raise TooMuchAtOnce
            self._admitted[account] += 1
        try:
            yield
        finally:
            with self._lock:
                self._one_less(self._admitted, account)

    async def run(self, account: Hashable, work: Callable[..., T], *args: object) -> T:
        """Do this blocking work once this account's turn comes, and give what it gives."""
        asked = _Work(partial(work, *args))
        with self._lock:
            self._lines.setdefault(account, deque()).append(asked)
            self._start()
        done: T = await asyncio.wrap_future(asked.done)
        return done

    def _start(self) -> None:
        """Give the free places, one account after the other. The lock is held."""
        for account in tuple(self._lines):
            if not self._free:
                return
            if self._running[account] >= self._each:
                continue
            line = self._lines.pop(account)
            work = line.popleft()
            if line:
                self._lines[account] = line  # behind the others, until its next turn
            self._free -= 1
            self._running[account] += 1
            self._threads.submit(self._do, account, work)

    def _do(self, account: Hashable, work: _Work) -> None:
        try:
            if work.done.set_running_or_notify_cancel():
                _finish(work)
        finally:
            with self._lock:
                self._free += 1
                self._one_less(self._running, account)
                self._start()

    @staticmethod
    def _one_less(counted: Counter[Hashable], account: Hashable) -> None:
        counted[account] -= 1
        if not counted[account]:
            del counted[account]


def _finish(work: _Work) -> None:
    try:
        given = work.do()
    except BaseException as error:  # noqa: BLE001 (whoever waits is told, whatever it was)
        work.done.set_exception(error)
    else:
        work.done.set_result(given)
