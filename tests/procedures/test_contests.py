"""A procedure that attacks a decision says by which appeal, and where the person names that decision."""

from __future__ import annotations

import json

import pytest

from catalogue.checks.links import field
from catalogue.loader import FORMS, catalogue
from domain.plan import Contests, Plan

PLANS = {slug: catalogue().plan(slug) for slug in catalogue().slugs()}
ATTACKS = [(plan, plan.contests) for plan in PLANS.values() if plan.contests is not None]
NAMES = [plan.procedure for plan, _ in ATTACKS]


@pytest.mark.parametrize(("plan", "contests"), ATTACKS, ids=NAMES)
def test_the_decision_attacked_is_named_by_an_answer_that_nobody_may_leave_out(plan: Plan, contests: Contests) -> None:
    """A text: what is not one of our references stays a text."""
    schema = json.loads((FORMS / plan.procedure / f"v{plan.form}.json").read_text(encoding="utf-8"))
    *page, last = contests.reference.split("/")
    asked, holder = field(schema, contests.reference), field(schema, "/".join(page))
    assert asked is not None
    assert asked["type"] == "string"
    assert holder is not None
    assert last in holder["required"]


@pytest.mark.parametrize(("plan", "contests"), ATTACKS, ids=NAMES)
def test_some_decision_of_ours_admits_that_appeal(plan: Plan, contests: Contests) -> None:
    """Else nothing it attacks would ever be interrupted."""
    attacked = [other for other in PLANS.values() if other.procedure != plan.procedure]
    assert any(appeal.kind == contests.kind for other in attacked for appeal in other.appeals)


@pytest.mark.parametrize(("plan", "contests"), ATTACKS, ids=NAMES)
def test_its_silence_rejects_and_leads_to_the_judge(plan: Plan, contests: Contests) -> None:
    """Two months (CRPA L411-7), then the court, and never the same appeal again."""
    assert plan.clock.silence == "rejection"
    assert plan.clock.delay.months == 2
    assert "CRPA L411-7" in plan.clock.reference
    assert {appeal.kind for appeal in plan.appeals} == {"tribunal-administratif"}
    assert contests.kind in {"gracieux", "rapo"}
