"""Runs the same request many times at a given number of clients, and says the rate and the percentiles."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass

from benchmarks.wire import Wire

# One request of the measure: its number, and the connection to use. Raises when the answer is not the expected one.
Shot = Callable[[int, Wire], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Figures:
    """`rate` per second; `p50` and `p99` in milliseconds; `count` requests by `clients` clients."""

    name: str
    clients: int
    count: int
    rate: float
    p50: float
    p99: float

    def row(self) -> str:
        """A line of the table."""
        times = f"p50 {self.p50:>7.2f} ms   p99 {self.p99:>7.2f} ms"
        return f"{self.name:<28} {self.clients:>3} clients {self.count:>6} × {self.rate:>8.0f}/s   {times}"


def percentile(times: Sequence[float], share: float) -> float:
    """The value below which `share` of the sorted `times` lie."""
    return times[min(len(times) - 1, int(len(times) * share))]


async def measure(
    name: str, shot: Shot, address: tuple[str, int], *, clients: int, count: int, first: int = 0
) -> Figures:
    """Fire `count` shots, numbered from `first`, over `clients` connections, each waiting for its answer."""
    numbers = iter(range(first, first + count))
    times: list[float] = []

    async def client() -> None:
        wire = Wire(*address)
        for number in numbers:
            began = time.perf_counter()
            await shot(number, wire)
            times.append((time.perf_counter() - began) * 1000)
        wire.close()

    began = time.perf_counter()
    await asyncio.gather(*(client() for _ in range(clients)))
    elapsed = time.perf_counter() - began
    times.sort()
    return Figures(name, clients, count, count / elapsed, percentile(times, 0.5), percentile(times, 0.99))
