"""The clocks of a procedure's open dossiers, read page by page: nothing sealed is opened, no key is asked for."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from typing import NamedTuple

from domain.plan import Plan
from domain.serial import PLAN
from storage.hot import Hot

AT_ONCE = 5_000
_PLANS = "SELECT encode(sha256, 'hex'), body FROM pinned_plan WHERE procedure = %s"
_PAGE = (
    "SELECT dossier::text, encode(plan, 'hex'), step, status, due_kind, ledger::text FROM clock"
    " WHERE NOT closed AND plan = ANY (%s) AND dossier > %s::uuid ORDER BY dossier LIMIT %s"
)
_FIRST = "00000000-0000-0000-0000-000000000000"


class OpenClock(NamedTuple):
    """One row; `plan` is the hash, in hexadecimal, of the plan that the dossier follows, `ledger` its JSON."""

    dossier: str
    plan: str
    step: str
    status: str
    due_kind: str | None
    ledger: str


async def plans_followed(hot: Hot, procedure: str) -> Mapping[str, Plan]:
    """Every plan that dossiers of the procedure may follow, by its hash in hexadecimal."""
    (rows,) = await hot.run((_PLANS, (procedure,)))
    return {sha256: PLAN.validate_json(body) for sha256, body in rows}


async def open_clocks(hot: Hot, plans: Mapping[str, Plan]) -> AsyncIterator[list[OpenClock]]:
    """The rows of the open dossiers that follow one of those plans, by pages."""
    hashes, last = [bytes.fromhex(sha256) for sha256 in plans], _FIRST
    while True:
        (rows,) = await hot.run((_PAGE, (hashes, last, AT_ONCE)))
        if rows:
            yield [OpenClock._make(row) for row in rows]
        if len(rows) < AT_ONCE:
            return
        last = rows[-1][0]
