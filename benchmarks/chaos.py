"""`make chaos`: dossiers are filed while PostgreSQL, Temporal, the worker and the API are killed at random.

The mail server refuses one resident's address for good, and one attempt in three at any other. The whole product runs
as `make run` runs it. Clients repeat each request under its key until it is acknowledged. Once the last fault is over
(the mail server, then, puts nothing off any more) everything must be drained within a minute; then what is kept is
compared with what was acknowledged: 0 lost, 0 doubled, 0 stuck, every chain intact. A seed gives the same faults again.
"""

import argparse
import asyncio
import json
import random
import secrets
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from urllib.parse import urlsplit

from sqlalchemy.exc import DBAPIError

from benchmarks.faults import GAP, drawn, strike
from benchmarks.filers import PROCEDURES, Claim, Filer, Seen
from benchmarks.findings import Family, Finding, look, stuck
from benchmarks.post import RefusingPost
from benchmarks.prepared import OWNER, residents
from benchmarks.standing import throwaway
from cli.starting import Up, bring_up
from cli.story.people import everybody
from storage.engine.database import Database

DRAIN = 60.0
FAMILIES: dict[Family, str] = {"lost": "perdus", "doubled": "doublés", "stuck": "bloqués", "broken": "rompus"}
Tell = Callable[[str, str], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """A run: `drained` is in seconds since the last fault, None when it never was within DRAIN."""

    seed: int
    claims: tuple[Claim, ...]
    kills: int
    seen: Seen
    drained: float | None
    findings: tuple[Finding, ...]
    put_off: int
    refused: int

    @property
    def acknowledged(self) -> int:
        """Dossiers whose reference was given."""
        return sum(claim.reference is not None for claim in self.claims)

    @property
    def holds(self) -> bool:
        """Whether nothing is wrong."""
        return self.drained is not None and not any(finding.wrong for finding in self.findings)


async def run(*, seed: int, count: int, kills: int, clients: int, tell: Tell) -> Outcome:
    """One run on a folder that is thrown away."""
    rng = random.Random(seed)
    with throwaway() as folder:
        post = RefusingPost(random.Random(rng.getrandbits(64)))
        async with post.listening() as smtp:
            whole = await asyncio.to_thread(
                bring_up, folder / "data", port=None, mode="demonstration", on_progress=tell, smtp_url=smtp
            )
            try:
                return await _run(whole, post, rng, seed, count, kills, clients, tell)
            finally:
                await asyncio.to_thread(whole.running.stop, quick=True)


async def _run(
    whole: Up, post: RefusingPost, rng: random.Random, seed: int, count: int, kills: int, clients: int, tell: Tell
) -> Outcome:
    faults, seen = drawn(rng, kills), Seen()
    instants = sorted(rng.uniform(0, kills * GAP) for _ in range(count))
    claims = tuple(Claim(number, rng.choice(PROCEDURES)) for number in range(count))
    filers = await _filers(whole, rng, clients, seen)
    began = time.monotonic()
    shares = [list(zip(instants, claims, strict=True))[rank::clients] for rank in range(clients)]
    async with asyncio.TaskGroup() as tasks:
        for filer, share in zip(filers, shares, strict=True):
            tasks.create_task(filer.file_all(share, began))
        striking = tasks.create_task(strike(whole.running, faults, began, tell))
    outages = striking.result()
    post.calm = True
    tell("dépôts", f"{sum(c.reference is not None for c in claims)} acquittés sur {count}, {seen.broken} coupures")
    drained = await _drained(whole)
    findings = await look(whole.settings, claims, post.deliveries, outages)
    return Outcome(
        seed=seed,
        claims=claims,
        kills=len(faults),
        seen=seen,
        drained=drained,
        findings=tuple(findings),
        put_off=post.put_off,
        refused=post.dead,
    )


async def _filers(whole: Up, rng: random.Random, clients: int, seen: Seen) -> list[Filer]:
    await everybody(whole.settings)
    async with Database(whole.settings, "owner", size=2) as database:
        owners = await residents(database, clients)
    at = urlsplit(whole.address)
    address = (at.hostname or "", at.port or 80)
    return [Filer(address, owner, random.Random(rng.getrandbits(64)), seen) for owner in owners]


async def _drained(whole: Up) -> float | None:
    """Wait until nothing waits any more; the seconds that it took, None when a minute was not enough."""
    began = time.monotonic()
    async with Database(whole.settings, "owner", size=1) as database:
        while True:
            try:
                async with database.transaction(OWNER) as connection:
                    left = await stuck(connection)
            except DBAPIError:
                left = -1  # PostgreSQL has not come back yet
            since = time.monotonic() - began
            if left == 0 or since > DRAIN:
                return since if left == 0 else None
            await asyncio.sleep(0.25)


def as_text(outcome: Outcome) -> str:
    """The table that people read."""
    answers = ", ".join(f"{status} × {count}" for status, count in sorted(outcome.seen.statuses.items()))
    drained = "jamais" if outcome.drained is None else f"{outcome.drained:.1f} s après la dernière panne"
    lines = [
        f"graine {outcome.seed} · {len(outcome.claims)} dossiers, {outcome.acknowledged} acquittés",
        f"{outcome.kills} arrêts brutaux · {outcome.seen.broken} issues inconnues en route, toutes reprises",
        f"réponses : {answers}",
        f"courriels : {outcome.put_off} remis à plus tard, {outcome.refused} refusés pour toujours",
        f"tout était fini : {drained} (au plus {DRAIN:.0f} s)",
    ]
    for finding in outcome.findings:
        explained = f", {len(finding.explained)} par un arrêt" if finding.explained else ""
        lines.append(f"  {finding.what:<46} {len(finding.wrong):>4} sur {finding.looked_at}{explained}")
        lines += [f"      {wrong}" for wrong in finding.wrong[:5]]
    totals = ", ".join(f"{total} {FAMILIES[family]}" for family, total in _totals(outcome.findings).items())
    return "\n".join([*lines, f"{'TENU' if outcome.holds else 'NON TENU'} : {totals}"])


def as_json(outcome: Outcome) -> dict[str, object]:
    """The same, for machines."""
    return {
        "seed": outcome.seed,
        "filed": len(outcome.claims),
        "acknowledged": outcome.acknowledged,
        "kills": outcome.kills,
        "unknown_outcomes": outcome.seen.broken,
        "emails_put_off": outcome.put_off,
        "emails_refused": outcome.refused,
        "statuses": dict(outcome.seen.statuses),
        "drained_seconds": outcome.drained,
        "totals": _totals(outcome.findings),
        "findings": [asdict(finding) for finding in outcome.findings],
        "holds": outcome.holds,
    }


def _totals(findings: Sequence[Finding]) -> dict[Family, int]:
    return {family: sum(len(f.wrong) for f in findings if f.family == family) for family in FAMILIES}


def main() -> None:
    """Run, print, and leave with 1 when something does not hold."""
    parser = argparse.ArgumentParser(
        prog="make chaos", description="Dépose des dossiers pendant que tout est tué au hasard : rien ne se perd."
    )
    parser.add_argument("--seed", type=int, default=None, help="graine des tirages ; sans elle, au hasard")
    parser.add_argument("--count", type=int, default=100, help="dossiers à déposer")
    parser.add_argument("--kills", type=int, default=10, help="arrêts brutaux")
    parser.add_argument("--clients", type=int, default=8, help="clients simultanés")
    parser.add_argument("--json", action="store_true", help="rend du JSON")
    asked = parser.parse_args()
    seed = asked.seed if asked.seed is not None else secrets.randbits(32)

    def tell(part: str, sentence: str) -> None:
        print(f"→ {part} : {sentence}", file=sys.stderr, flush=True)

    tell("graine", str(seed))
    outcome = asyncio.run(run(seed=seed, count=asked.count, kills=asked.kills, clients=asked.clients, tell=tell))
    print(json.dumps(as_json(outcome), ensure_ascii=False, indent=2) if asked.json else as_text(outcome))
    sys.stdout.flush()
    sys.exit(0 if outcome.holds else 1)


if __name__ == "__main__":
    main()
