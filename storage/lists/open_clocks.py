"""The clocks of a procedure's open dossiers, streamed: nothing sealed is opened, no key is asked for."""

from collections.abc import AsyncIterator, Mapping
from typing import NamedTuple

from domain.plan import Plan
from domain.serial import PLAN
from storage.engine.questions import asking, every
from storage.engine.round_trips import RoundTrips

AT_ONCE = 5_000
_PLANS = "SELECT encode(sha256, 'hex') AS sha256, body FROM pinned_plan WHERE procedure = %s"
_DECLARE = (
    "DECLARE open_clocks NO SCROLL CURSOR FOR SELECT {dossier}, encode(plan, 'hex') AS plan, step, status, due_kind,"
    " ledger::text FROM {source} WHERE plan = ANY ('{{{hashes}}}'::bytea[])"
)
_NAMED = {"dossier": "dossier::text", "source": "(SELECT * FROM clock WHERE NOT closed) clock"}
_UNNAMED = {"dossier": "'' AS dossier", "source": "open_clock"}
_FETCH = f"FETCH {AT_ONCE} FROM open_clocks"


class OpenClock(NamedTuple):
    """One row; `plan` is the hash, in hexadecimal, of the plan that the dossier follows, `ledger` its JSON."""

    dossier: str
    plan: str
    step: str
    status: str
    due_kind: str | None
    ledger: str


async def plans_followed(trips: RoundTrips, procedure: str) -> Mapping[str, Plan]:
    """Every plan that dossiers of the procedure may follow, by its hash in hexadecimal."""
    return {row.sha256: PLAN.validate_json(row.body) for row in await trips.ask(asking(_PLANS, procedure))}


async def open_clocks(trips: RoundTrips, plans: Mapping[str, Plan], *, named: bool) -> AsyncIterator[list[OpenClock]]:
    """The rows of the open dossiers that follow one of those plans, as they all stand at one instant, by pages.

    Only the worker is told which dossiers they are (`named`).
    """
    # A cursor takes no parameter; hashes in hexadecimal need no quoting.
    hashes = ",".join(f'"\\\\x{bytes.fromhex(sha256).hex()}"' for sha256 in plans)
    await trips.run((_DECLARE.format(hashes=hashes, **(_NAMED if named else _UNNAMED)), ()))
    while True:
        page = await trips.ask(every(OpenClock, _FETCH))
        if not page:
            return
        yield page
