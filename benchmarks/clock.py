"""A million histories of a legal clock before the second opinion: how many a second, and how many disagreements.

Every core draws its own share, from its own seed; the first seed is printed, and gives the same histories again.
"""

import os
import time
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from itertools import islice

from benchmarks.histories import histories
from domain.clock.reckoning import reckon
from domain.clock.second_opinion import audit

SEED = 20_261_125
SHARE = 20_000
"""Histories of one task: enough that sharing them out costs nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Opinions:
    """`count` histories in `seconds`, of which `due` had an end; `disagreements` says how to see each again."""

    seed: int
    count: int
    due: int
    disagreements: tuple[str, ...]
    processes: int
    seconds: float

    def row(self) -> str:
        """The line that people read."""
        rate, said = self.count / self.seconds, f"{len(self.disagreements)} désaccord(s)"
        line = f"second avis        {self.count:>9} histoires × {rate:>8.0f}/s sur {self.processes} cœur(s), "
        line += f"dont {self.due} avec une échéance ; graine {self.seed} : {said}"
        return "\n".join([line, *self.disagreements[:20]])


def compare(count: int, *, seed: int = SEED, processes: int | None = None) -> Opinions:
    """Hold the two opinions to the same answer on `count` drawn histories."""
    cores = processes or os.cpu_count() or 1
    shares = [(seed + n, min(SHARE, count - n * SHARE)) for n in range(-(-count // SHARE))]
    began = time.perf_counter()
    with ProcessPoolExecutor(max_workers=cores) as pool:
        found = list(pool.map(_compared, shares))
    return Opinions(
        seed=seed,
        count=count,
        due=sum(due for due, _ in found),
        disagreements=tuple(one for _, disagreements in found for one in disagreements),
        processes=cores,
        seconds=time.perf_counter() - began,
    )


def _compared(share: tuple[int, int]) -> tuple[int, list[str]]:
    """How many of this share have a due date, and each disagreement."""
    seed, count = share
    due, disagreements = 0, []
    for number, (clock, facts) in enumerate(islice(histories(seed), count)):
        reckoning = reckon(clock, facts)
        due += reckoning.expires is not None
        if faults := audit(clock, facts, reckoning):
            disagreements.append(f"  graine {seed}, histoire {number} : {' '.join(faults)} {clock} {facts}")
    return due, disagreements
