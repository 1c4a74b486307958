"""Runs the same request many times at a given number of clients, and says the rate and the percentiles."""

import asyncio
import time
from collections.abc import Awaitable, Callable, Iterable, Sequence
from dataclasses import dataclass

from benchmarks.wire import Wire

Shot = Callable[[int, Wire], Awaitable[None]]
"""One request of the measure: its number, and the connection to use. Raises when the answer is not the expected one."""


@dataclass(frozen=True, slots=True)
class Sample:
    """What one burst gave: the time of each request in milliseconds, and the whole burst's in seconds."""

    times: tuple[float, ...]
    seconds: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """`rate` per second; `p50` and `p99` in milliseconds; `count` requests by `clients` clients."""

    name: str
    clients: int
    count: int
    rate: float
    p50: float
    p99: float

    @classmethod
    def of(cls, name: str, clients: int, samples: Sequence[Sample]) -> "Figures":
        """The figures of several bursts of the same measure, taken together."""
        times = sorted(time for sample in samples for time in sample.times)
        rate = len(times) / sum(sample.seconds for sample in samples)
        return cls(
            name=name, clients=clients, count=len(times), rate=rate,
            p50=percentile(times, 0.5), p99=percentile(times, 0.99),
        )  # fmt: skip

    def row(self) -> str:
        """A line of the table."""
        times = f"p50 {self.p50:>7.2f} ms   p99 {self.p99:>7.2f} ms"
        return f"{self.name:<18} {self.clients:>3} clients {self.count:>6} × {self.rate:>8.0f}/s   {times}"


def percentile(times: Sequence[float], share: float) -> float:
    """The smallest of the sorted `times` that at least `share` of them do not exceed (nearest rank).

    Raises ValueError when there is none.
    """
    if not times:
        raise ValueError("no time was measured")
    rank = -int(-len(times) * share // 1)
    return times[min(len(times), max(1, rank)) - 1]


async def burst(
    shot: Shot, address: tuple[str, int], numbers: Iterable[int], *, clients: int, seconds: float | None = None
) -> Sample:
    """Fire a shot for each of `numbers` over `clients` connections, one at a time on each; stop after `seconds`."""
    left = iter(numbers)
    times: list[float] = []
    wires = [Wire(*address) for _ in range(clients)]
    for wire in wires:
        await wire.open()
    began = time.perf_counter()
    until = began + seconds if seconds is not None else float("inf")

    async def client(wire: Wire) -> None:
        for number in left:
            fired = time.perf_counter()
            await shot(number, wire)
            now = time.perf_counter()
            times.append((now - fired) * 1000)
            if now > until:
                return

    try:
        async with asyncio.TaskGroup() as tasks:
            for wire in wires:
                tasks.create_task(client(wire))
        return Sample(tuple(times), time.perf_counter() - began)
    finally:
        for wire in wires:
            wire.close()
