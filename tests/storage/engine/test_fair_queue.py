"""Heavy work is shared fairly, and takes no thread from the rest of the process."""

from __future__ import annotations

import asyncio
import threading
from collections import defaultdict
from queue import Queue

import pytest

from storage.engine.fair_queue import FairQueue, TooMuchAtOnce


async def test_one_more_account_does_not_wait_behind_all_of_another_s_work() -> None:
    queue, started = FairQueue("fair", places=2, each=1, in_hand=99), Queue[str]()
    gates: defaultdict[str, threading.Event] = defaultdict(threading.Event)

    def work(name: str) -> None:
        started.put(name)
        gates[name].wait(20)

    heavy = [asyncio.ensure_future(queue.run("a", work, f"a{n}")) for n in range(10)]
    light = [asyncio.ensure_future(queue.run(whose, work, whose)) for whose in ("b", "c")]
    for expected in ({"a0", "b"}, {"a1", "c"}):
        begun = {await asyncio.to_thread(started.get, timeout=20) for _ in range(2)}
        assert begun == expected
        for name in begun:
            gates[name].set()
    for n in range(2, 10):
        gates[f"a{n}"].set()
    await asyncio.wait_for(asyncio.gather(*heavy, *light), 20)


async def test_what_waits_here_takes_no_thread_of_the_others() -> None:
    queue, gate = FairQueue("apart", places=2, each=1, in_hand=99), threading.Event()
    waiting = [asyncio.ensure_future(queue.run(n, gate.wait, 20)) for n in range(100)]
    name = await asyncio.wait_for(asyncio.to_thread(lambda: threading.current_thread().name), 10)
    assert not name.startswith("apart")
    assert not any(one.done() for one in waiting)
    gate.set()
    assert all(await asyncio.wait_for(asyncio.gather(*waiting), 20))


async def test_who_is_gone_is_not_served_and_frees_nothing_twice() -> None:
    queue, gate, done = FairQueue("gone", places=1, each=1, in_hand=99), threading.Event(), list[int]()
    first = asyncio.ensure_future(queue.run("a", gate.wait, 20))
    gone = [asyncio.ensure_future(queue.run("a", done.append, n)) for n in range(5)]
    await asyncio.sleep(0)
    for one in gone[:4]:
        one.cancel()
    await asyncio.sleep(0)
    gate.set()
    await asyncio.wait_for(asyncio.gather(first, gone[4]), 20)
    assert done == [4]
    await asyncio.wait_for(queue.run("b", done.append, 5), 20)


async def test_an_error_is_told_to_who_asked_and_the_place_is_free_again() -> None:
    queue = FairQueue("wrong", places=1, each=1, in_hand=99)
    with pytest.raises(ZeroDivisionError):
        await queue.run("a", lambda: 1 // 0)
    assert await asyncio.wait_for(queue.run("a", lambda: 1), 20) == 1


def test_an_account_has_a_bounded_number_of_things_in_hand_and_others_are_admitted() -> None:
    queue = FairQueue("bounded", places=1, each=1, in_hand=2)
    with queue.admitted("a"), queue.admitted("a"):
        with pytest.raises(TooMuchAtOnce) as told, queue.admitted("a"):
            pass
        assert told.value.seconds > 0
        with queue.admitted("b"):
            pass
    with queue.admitted("a"), queue.admitted("a"):
        pass
