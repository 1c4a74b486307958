"""`make bench`: submits and acts per second, p50 and p99, at 1 and 32 clients, beside the floor in the same run.

A submit is the real one: session, row-level security, validation of the form, kernel, acknowledgement, one key for
each dossier, sealed journal entries and their chain, search tokens, idempotency. The floor writes the same rows in
one bare transaction behind a bare route. The two take turns, burst by burst, so that what else the machine does
weighs on both. Aims: 0.6 of the floor, and 5 ms of p50 alone.

Then a million histories of the legal clock, before the second opinion: 0 disagreement.
"""

import argparse
import asyncio
import json
import os
import sys
from dataclasses import asdict, dataclass

from benchmarks.clock import SEED, Opinions, compare
from benchmarks.impact import Pace, as_documents, paces
from benchmarks.measure import Figures, Sample, burst
from benchmarks.shots import Floor, Product, Side
from benchmarks.standing import Standing, standing

RATIO_AIM, P50_AIM = 0.6, 5.0
CLIENTS = (1, 32)
WARM = 64


@dataclass(frozen=True, slots=True, kw_only=True)
class Load:
    """How much is asked: `alone` and `together` requests of each side, in `rounds` turns of `seconds` at most."""

    alone: int
    together: int
    rounds: int
    seconds: float | None

    def of(self, clients: int) -> int:
        """Requests of one turn."""
        return max(clients, (self.alone if clients == 1 else self.together) // self.rounds)

    @property
    def drafts(self) -> int:
        """The drafts that the product will file."""
        return WARM + sum(self.of(clients) for clients in CLIENTS) * self.rounds


def main() -> None:
    """Measure, print, and leave with 1 when the two opinions of the clock disagree."""
    asked = _arguments()
    load = Load(
        alone=max(asked.rounds, asked.count // 4), together=asked.count, rounds=asked.rounds, seconds=asked.seconds
    )

    def tell(part: str, sentence: str) -> None:
        print(f"→ {part} : {sentence}", file=sys.stderr, flush=True)

    with standing(asked.processes, tell) as both:
        found = asyncio.run(_measured(both, load, asked.procedure, acts=not asked.submits_only))
        impact = [] if asked.submits_only else paces(both.settings)
    busy = os.getloadavg()[0]
    tell("horloge", f"{asked.histories} histoires devant le second avis, graine {asked.seed}")
    opinions = compare(asked.histories, seed=asked.seed)
    if asked.json:
        print(json.dumps(as_json(found, opinions, impact, busy), ensure_ascii=False, indent=2))
    else:
        print(as_text(found, busy, asked.processes), *(pace.row() for pace in impact), opinions.row(), sep="\n")
    sys.stdout.flush()
    sys.exit(1 if opinions.disagreements else 0)


async def _measured(both: Standing, load: Load, procedure: str, *, acts: bool) -> list[tuple[Figures, Figures]]:
    """The figures of the product beside the floor's, for submits then acts, at each number of clients."""
    product = await Product.ready(both.settings, both.product, procedure, load.drafts)
    await burst(product.submit, both.product, product.drafts(WARM), clients=8)
    both.raise_floor(str(product.first))
    floor = Floor(both.floor)
    await burst(floor.submit, both.floor, floor.drafts(WARM), clients=8)
    found = [await _beside("dépôts", product, floor, clients, load) for clients in CLIENTS]
    if not acts:
        return found
    await burst(product.act, both.product, product.filed(WARM), clients=8)
    await burst(floor.act, both.floor, floor.filed(WARM), clients=8)
    return found + [await _beside("actes", product, floor, clients, load) for clients in CLIENTS]


async def _beside(what: str, product: Product, floor: Floor, clients: int, load: Load) -> tuple[Figures, Figures]:
    """The two sides in turn; who begins changes at each round."""
    sides: list[Side] = [product, floor]
    samples: dict[Side, list[Sample]] = {side: [] for side in sides}
    for turn in range(load.rounds):
        for side in sides if turn % 2 == 0 else reversed(sides):
            numbers = side.drafts(load.of(clients)) if what == "dépôts" else side.filed(load.of(clients))
            shot = side.submit if what == "dépôts" else side.act
            samples[side].append(await burst(shot, side.address, numbers, clients=clients, seconds=load.seconds))
    product_figures, floor_figures = (Figures.of(f"{what}, {side.name}", clients, samples[side]) for side in sides)
    return product_figures, floor_figures


def as_text(found: list[tuple[Figures, Figures]], busy: float, processes: int) -> str:
    """The table that people read."""
    lines = [f"{processes} processus de chaque côté, aucun travailleur ; charge de la machine : {busy:.1f}"]
    for product, floor in found:
        ratio = product.rate / floor.rate
        said = f"  → {ratio:.2f} × le plancher ({_met(ratio >= RATIO_AIM)} {RATIO_AIM})"
        if product.clients == 1:
            said += f" ; p50 seul {product.p50:.2f} ms ({_met(product.p50 <= P50_AIM)} {P50_AIM:.0f} ms)"
        lines += [product.row(), floor.row(), said]
    return "\n".join(lines)


def as_json(
    found: list[tuple[Figures, Figures]], opinions: Opinions, impact: list[Pace], busy: float
) -> dict[str, object]:
    """The same, for machines."""
    measures = [
        {"product": asdict(product), "floor": asdict(floor), "ratio": round(product.rate / floor.rate, 3)}
        for product, floor in found
    ]
    aims = {"ratio": RATIO_AIM, "p50_alone_ms": P50_AIM}
    clock = asdict(opinions)
    return {
        "measures": measures, "clock": clock, "impact": as_documents(impact), "aims": aims, "load_average": busy,
    }  # fmt: skip


def _met(is_met: bool) -> str:  # noqa: FBT001 (a verdict)
    return "but tenu :" if is_met else "but MANQUÉ :"


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="make bench", description="Dépôts et actes par seconde, p50 et p99, à côté du plancher, même exécution."
    )
    parser.add_argument("--count", type=int, default=1800, help="dépôts, puis actes, de chaque côté à 32 clients")
    parser.add_argument("--seconds", type=float, default=None, help="durée maximale d'une salve")
    parser.add_argument("--rounds", type=int, default=3, help="tours alternés entre le produit et le plancher")
    parser.add_argument("--processes", type=int, default=2, help="processus de chaque côté")
    parser.add_argument("--procedure", default="apa-domicile", help="démarche déposée")
    parser.add_argument("--submits-only", action="store_true", help="ne mesure que les dépôts")
    parser.add_argument("--histories", type=int, default=1_000_000, help="histoires d'horloge devant le second avis")
    parser.add_argument("--seed", type=int, default=SEED, help="graine de ces histoires")
    parser.add_argument("--json", action="store_true", help="rend du JSON")
    return parser.parse_args()


if __name__ == "__main__":
    main()
