"""The impact of a candidate version on every open dossier of a procedure, from their clock rows alone."""

import hashlib
from collections.abc import Callable

from pydantic_core import to_json

from domain.calendar import civil
from domain.futures.impact import ClockRow, Impact, Verdict
from domain.futures.impact_report import Report, Side
from domain.plan import Plan
from domain.serial import PLAN
from storage.engine.database import WORKING, Context, Database
from storage.lists.open_clocks import OpenClock, open_clocks, plans_followed
from storage.register.in_clear import RECKONING
from storage.register.lock import LEGAL_NOW
from storage.register.texts import publish

REMEMBERED = 200_000
Tell = Callable[[int], None]
"""Hears how many dossiers were looked at so far."""


async def measure(
    database: Database, published: Plan, candidate: Plan, tell: Tell, context: Context = WORKING
) -> Report:
    """Look at every open dossier, as the worker or as an administrator, who is not told which they are.

    Nothing is written.
    """
    async with database.trips(context, LEGAL_NOW) as (trips, answers):
        report = Report(
            procedure=candidate.procedure,
            on=civil(answers[LEGAL_NOW]),
            published=side(published),
            candidate=side(candidate),
        )
        plans = await plans_followed(trips, candidate.procedure)
        looking = Looking({sha256: Impact(plan, candidate, report.on) for sha256, plan in plans.items()})
        async for page in open_clocks(trips, plans, named=context is WORKING):
            for row in page:
                report.add(row.dossier, plans[row.plan].version, looking.at(row))
            tell(report.open)
    return report


async def keep(database: Database, report: Report, context: Context = WORKING) -> str:
    """Keep the counts for ever beside what was published; give their SHA-256. No dossier is named in them."""
    name = f"{report.procedure}/{report.published.version}-{report.candidate.version}"
    async with database.transaction(context) as connection:
        sha256 = await publish(connection, kind="impact", name=name, body=to_json(report.counts()))
    return sha256.hex()


def side(plan: Plan) -> Side:
    """A version by its number and its hashes."""
    digest = hashlib.sha256(PLAN.dump_json(plan)).hexdigest()
    return Side(version=plan.version, plan_sha256=digest, content_sha256=plan.content_sha256)


class Looking:
    """Verdicts by what they depend on: dossiers filed the same day, and at the same point, share theirs."""

    def __init__(self, impacts: dict[str, Impact]) -> None:
        self._impacts = impacts
        self._known: dict[tuple[str | None, ...], Verdict] = {}

    def at(self, row: OpenClock) -> Verdict:
        """What immediate effect would do to the dossier of that row."""
        shared = row[1:]
        known = self._known.get(shared)
        if known is None:
            known = self._impacts[row.plan].of(
                ClockRow(
                    step=row.step,
                    status=row.status,
                    due_kind=row.due_kind,
                    reckoning=RECKONING.validate_json(row.ledger),
                )
            )
            if len(self._known) >= REMEMBERED:
                self._known.clear()
            self._known[shared] = known
        return known
