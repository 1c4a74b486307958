"""Processes killed with SIGKILL at instants drawn at random; their keeper brings them back."""

import asyncio
import random
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime

from benchmarks.deliveries import Outage
from parts.embedded import Running

PARTS = ("postgres", "temporal", "worker", "api")
GAP = 1.6
"""Mean seconds between two kills."""
_PATIENCE = 30.0


@dataclass(frozen=True, slots=True)
class Fault:
    """What is killed, how many seconds after the beginning."""

    at: float
    part: str


def drawn(rng: random.Random, kills: int) -> list[Fault]:
    """As many faults, in order; each part has its share of them, in an order drawn with the instants."""
    parts = [PARTS[rank % len(PARTS)] for rank in range(kills)]
    rng.shuffle(parts)
    instants = sorted(rng.uniform(0.3, kills * GAP) for _ in parts)
    return [Fault(at, part) for at, part in zip(instants, parts, strict=True)]


async def strike(running: Running, faults: list[Fault], began: float, tell: Callable[[str, str], None]) -> list[Outage]:
    """Kill each in its turn, a dead one as soon as it lives again; what was away and when, in that order."""
    async with asyncio.TaskGroup() as tasks:
        away = []
        for fault in faults:
            await asyncio.sleep(max(0.0, began + fault.at - time.monotonic()))
            name = running.parts[fault.part].name if fault.part in running.parts else fault.part
            pid = await asyncio.to_thread(_kill, running, name)
            away.append(tasks.create_task(_outage(running, fault.part, datetime.now(UTC))))
            tell(fault.part, f"tué (kill -9, processus {pid}) à {time.monotonic() - began:.1f} s")
    return [outage.result() for outage in away]


async def _outage(running: Running, part: str, since: datetime) -> Outage:
    """PostgreSQL answers again some seconds after its process lives; of the others it does not matter here."""
    if part == "postgres":
        await asyncio.to_thread(running.await_ready, "postgres")
    return Outage(part, since, datetime.now(UTC))


def _kill(running: Running, name: str) -> int:
    """Kill a process that lives, and only then: a kill of the dead would count for nothing."""
    until = time.monotonic() + _PATIENCE
    while not (state := running.states()[name]).alive:
        if time.monotonic() > until:
            raise RuntimeError(f"« {name} » ne revient pas :\n{running.supervisor.last_lines(name)}")
        time.sleep(0.05)
    running.supervisor.kill(name, hold=False)
    return state.pid
