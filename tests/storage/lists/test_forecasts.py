"""What silence will decide, read from the clocks alone, is what it does: against the kernel, and under the walls."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st
from uuid_utils.compat import uuid7

from domain.actors import Actor
from domain.calendar import Delay, Instant, midnight
from domain.command import Command
from domain.dossier import Dossier
from domain.extension import Suspend
from domain.futures.forecast import Running, forecast, foreseen, undetermined_by
from domain.in_charge import Take
from domain.kernel import act, settle
from domain.plan import Plan
from domain.refusals import Refused
from domain.silence import SilenceTookEffect
from domain.steps.completeness import Completeness
from domain.steps.decision import Decide, Decision
from domain.steps.notice import Notice
from domain.steps.opinion import AskOpinion, Opinion
from domain.steps.pieces import ProvidePiece, RequestPieces
from domain.steps.proposal import Propose, RecordReception
from storage.engine.database import Context, Database
from storage.engine.legal_time import legal_now
from storage.engine.settings import Settings
from storage.lists.forecasts import due_by
from storage.register.door import record
from storage.register.in_clear import RECKONING, in_clear
from tests.domain.telling import DOCUMENT, Telling, plan, plan_with_proposal, when
from tests.long import draws
from tests.storage.filed import file, opened, plan_of

AGENT = Actor(kind="agent", id=DOCUMENT, name="Anne Agent")
ACTS: list[Command] = [
    RequestPieces(pieces={"certificat": "illisible"}),
    RequestPieces(pieces={"photo": ""}),
    ProvidePiece(piece="certificat", documents=(DOCUMENT,)),
    Take(agent=DOCUMENT),
    Suspend(reasons="original"),
    AskOpinion(),
    Propose(content={}),
    RecordReception(),
    Decide(outcome="oui"),
]
WITH_OPINION = (Completeness(ask_within=Delay(days=15)), Opinion(within=Delay(days=20)), Decision(), Notice())
PLANS = [
    *(plan(effect) for effect in ("acceptance", "rejection", "provisional", "none")),
    plan("rejection", steps=WITH_OPINION),
    plan_with_proposal(),
]


def running(dossier: Dossier) -> Running:
    """What stands in clear of a dossier."""
    clear = in_clear(dossier)
    return Running(
        dossier=uuid4(),
        reference="2026-000001",
        procedure=dossier.plan.procedure,
        status=clear.status,
        silence=dossier.plan.clock.silence,
        expires=RECKONING.validate_json(clear.ledger).expires,
        due_at=clear.due_at,
        due_kind=clear.due_kind,
    )


def decided(dossier: Dossier, until: Instant) -> tuple[str, Instant] | None:
    """What silence first decides of that dossier by `until`, as the kernel tells it."""
    for event in settle(dossier, until):
        if isinstance(event, SilenceTookEffect):
            return event.effect, event.effective
        if event.kind == "proposal_silent":
            return "deemed_refused", event.effective
    return None


@draws(150)
@given(
    st.sampled_from(PLANS),
    st.tuples(st.booleans(), st.booleans()),
    st.lists(st.tuples(st.sampled_from(ACTS), st.integers(0, 30)), max_size=8),
)
def test_what_is_foreseen_in_clear_is_what_the_kernel_does(
    of: Plan, filing: tuple[bool, bool], acts: list[tuple[Command, int]]
) -> None:
    """Unless a letter on its way must first reach the person: then nothing is announced."""
    dossier = Telling(of).file("2026-11-24", complete=filing[0], electronic_notice=filing[1]).dossier
    at = when("2026-11-24")
    for command, days in acts:
        at += timedelta(days=days)
        try:
            dossier, _ = act(dossier, command, at)
        except Refused:
            continue
    clock, found = running(dossier), foreseen(running(dossier))

    last = at + timedelta(days=3000)

    if not undetermined_by(clock, last):
        assert (found and (found.effect, found.at)) == decided(dossier, last)


def test_what_is_past_what_is_later_and_what_is_undetermined_are_told_apart() -> None:
    now, on = when("2027-03-01"), when("2027-06-01")

    def clock(due: str, kind: str = "silence") -> Running:
        at = midnight(when(due).date())
        return Running(
            dossier=uuid4(), reference=due, procedure="essai", status="filed", silence="rejection",
            expires=None, due_at=at, due_kind=kind,
        )  # fmt: skip

    found = forecast(
        [
            clock("2027-05-01"),
            clock("2027-04-01"),
            clock("2027-02-01"),
            clock("2027-07-01"),
            clock("2027-04-01", "notice_deemed"),
        ],
        now,
        on,
    )

    assert [one.reference for one in found.decided] == ["2027-04-01", "2027-05-01"]
    assert (found.counts, found.passed, found.undetermined) == ({"rejection": 2}, 1, 1)


@pytest.fixture
async def app(settings: Settings) -> AsyncIterator[Database]:
    """The database as the API reaches it."""
    async with opened(settings, "app") as database:
        yield database


async def test_the_open_dossiers_of_the_groups_and_no_other(app: Database, settings: Settings) -> None:
    """Several dossiers, of several effects: one decided meanwhile, one that waits for a piece, one of another group."""
    mine, theirs = f"file-{uuid7().hex[-8:]}", f"file-{uuid7().hex[-7:]}"
    accepted = await file(app, of=plan_of(mine, silence="acceptance"))
    rejected = await file(app, of=plan_of(mine, silence="rejection"))
    asked = await file(app, of=plan_of(mine, silence="rejection"))
    done = await file(app, of=plan_of(mine, silence="acceptance", stopped_by="decision"))
    await file(app, of=plan_of(mine, silence="acceptance"), complete=False)
    await file(app, of=plan_of(theirs))
    async with opened(settings, "worker") as worker:
        await record(worker, asked.id, RequestPieces(pieces={"certificat": "x"}), AGENT, command_id=uuid7())
        await record(worker, done.id, Decide(outcome="oui"), AGENT, command_id=uuid7())
    await _served(settings, mine)

    context = Context(audience="agent", subject=uuid7(), groups=(mine,))
    async with app.transaction(context) as connection:
        now = await legal_now(connection)
        until = now + timedelta(days=400)
        clocks = await due_by(connection, [mine, theirs], until)
    found = forecast(clocks[mine], now, until)

    assert clocks[theirs] == []
    assert {(one.dossier, one.effect) for one in found.decided} == {
        (accepted.id, "acceptance"),
        (rejected.id, "rejection"),
        (asked.id, "rejection"),
    }
    assert {one.at for one in found.decided} >= {accepted.dossier.silence_due(), rejected.dossier.silence_due()}
    assert _at(found.decided, asked.id) > _at(found.decided, rejected.id)


def _at(found: object, dossier: UUID) -> Instant:
    assert isinstance(found, tuple)
    at: Instant = next(one.at for one in found if one.dossier == dossier)
    return at


async def _served(settings: Settings, procedure: str) -> None:
    """A group of that name serves the procedure."""
    async with opened(settings, "owner") as owner, owner.transaction(Context(audience="owner", subject=None)) as c:
        await c.exec_driver_sql("INSERT INTO agent_group VALUES (%(g)s, %(g)s)", {"g": procedure})
        await c.exec_driver_sql("INSERT INTO group_procedure VALUES (%(g)s, %(g)s)", {"g": procedure})
