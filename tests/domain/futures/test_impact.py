"""What a candidate version would do to a dossier, from its clock row: what the migration itself would do, or less."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import event, given
from hypothesis import strategies as st

from domain.calendar import Delay, civil
from domain.dossier import Dossier
from domain.evolve import evolve
from domain.futures.impact import ClockRow, Impact, Verdict
from domain.kernel import act, next_due, settle
from domain.migration_events import Migrate
from domain.plan import Piece, Plan
from domain.refusals import Refused
from domain.steps.assessment import Assess, Assessment
from domain.steps.completeness import Completeness
from domain.steps.decision import Decision
from domain.steps.notice import Notice
from domain.steps.opinion import Opinion
from domain.steps.proposal import Propose
from domain.steps.visa import Visa
from tests.domain.telling import PIECES, Telling, plan, plan_with_proposal, when
from tests.domain.test_kernel_laws import STORIES, _tell
from tests.domain.test_migration import second, to
from tests.long import draws


def row_of(dossier: Dossier) -> ClockRow:
    """What stands in clear of a dossier, as the register writes it."""
    due = next_due(dossier)
    step = next((step.kind for step in dossier.plan.steps if not step.done(dossier)), "")
    return ClockRow(step=step, status=dossier.status, due_kind=due.kind if due else None, reckoning=dossier.reckoning())


def verdict(told: Telling, candidate: Plan, on: str) -> Verdict:
    """What impact says of that dossier."""
    return Impact(told.dossier.plan, candidate, date.fromisoformat(on)).of(row_of(told.dossier))


FOUR: dict[str, Any] = {"clock": {"delay": Delay(months=4)}}


def test_a_longer_delay_moves_the_date_from_before_to_after() -> None:
    told = Telling(plan()).file("2026-11-30")

    found = verdict(told, second(plan(), **FOUR), "2026-12-10")

    assert (found.kind, found.before, found.after) == ("date_moves", date(2027, 2, 28), date(2027, 3, 30))


def test_what_changes_no_date_leaves_the_dossier_unchanged() -> None:
    told = Telling(plan()).file("2026-11-30")

    assert verdict(told, second(plan(), title="Autre"), "2026-12-10").kind == "unchanged"


def test_a_delay_already_over_cannot_be_followed() -> None:
    told = Telling(plan()).file("2026-11-30")

    found = verdict(told, second(plan(), clock={"delay": Delay(days=20)}), "2027-01-15")

    assert found.kind == "cannot_follow"
    assert "une décision naîtrait dans le passé" in found.why
    assert found.after == date(2026, 12, 20)


def test_a_new_step_is_where_the_dossier_would_stand() -> None:
    """A plan without assessment, then one with it."""
    short = plan(steps=(Completeness(), Decision(), Notice()))
    told = Telling(short).file("2026-11-30")

    found = verdict(told, second(short, steps=(Completeness(), Assessment(), Decision(), Notice())), "2026-12-01")

    assert (found.kind, found.step) == ("other_step", "assessment")


def test_what_silence_gave_and_a_step_that_is_gone_cannot_follow() -> None:
    silent = Telling(plan("rejection")).file("2026-11-30").wait("2027-03-10")
    proposed = Telling(plan_with_proposal()).file("2026-11-30").do(Assess(findings={}), "2026-12-01")
    proposed.do(Propose(content={}), "2026-12-02")
    without = tuple(step for step in plan_with_proposal().steps if step.kind != "proposal")

    assert verdict(silent, second(plan("rejection"), **FOUR), "2027-03-11").kind == "cannot_follow"
    assert verdict(silent, second(plan("rejection"), title="Autre"), "2027-03-11").kind == "unchanged"
    assert verdict(proposed, second(plan_with_proposal(), steps=without), "2026-12-03").kind == "cannot_follow"


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"clock": {"start": "filed"}}, "départ"),
        ({"clock": {"silence": "rejection"}}, "effet du silence"),
        ({"pieces": (*PIECES, Piece(key="x", title="X", required=True, indispensable=True))}, "indispensables"),
    ],
)
def test_what_the_row_does_not_say_is_said(changes: dict[str, Any], why: str) -> None:
    told = Telling(plan()).file("2026-11-30")

    found = verdict(told, second(plan(), **changes), "2026-12-10")

    assert found.kind == "cannot_see"
    assert why in found.why


CANDIDATES = (
    FOUR,
    {"clock": {"delay": Delay(days=45)}},
    {"clock": {"stopped_by": "decision"}},
    {"title": "Autre"},
    {"pieces": PIECES[1:]},
    {"steps": (Completeness(ask_within=Delay(days=15)), Decision(), Notice())},
    {"outcomes": ()},
    {"steps": (Completeness(), Opinion(optional=True), Visa(levels=("chef",)), Decision(), Notice())},
)


@draws(150)
@given(STORIES, st.sampled_from(CANDIDATES), st.integers(0, 100))
def test_impact_says_what_the_migration_does_or_that_it_cannot_see(story: Any, changes: Any, later: int) -> None:
    """For every open dossier of every story: the dry run on the row against the act on the dossier itself."""
    dossier, events = _tell(story)
    at = max(event.effective for event in events) + later * (when("2026-11-24") - when("2026-11-23"))
    for happened in settle(dossier, at):
        dossier = evolve(dossier, happened)
    if dossier.closed:
        return
    candidate = second(dossier.plan, **changes)

    found = Impact(dossier.plan, candidate, civil(at)).of(row_of(dossier))
    event(found.kind)
    if found.kind == "cannot_see":
        return
    try:
        after, _ = act(dossier, _migrate(candidate), at)
    except Refused:
        assert found.kind == "cannot_follow"
        return
    assert found.kind != "cannot_follow"
    assert found.after == after.reckoning().expires
    assert found.step == row_of(after).step


def _migrate(candidate: Plan) -> Migrate:
    return to(replace(candidate, in_force_from=None))
