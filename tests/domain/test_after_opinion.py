"""The authority's own month after an opinion: agents are told of it; silence keeps its own clock."""

from __future__ import annotations

from datetime import date

from domain.calendar import Delay
from domain.effect import Reminder
from domain.effects import reminders
from domain.steps.completeness import Completeness
from domain.steps.decision import Decision
from domain.steps.notice import Notice
from domain.steps.opinion import AskOpinion, GiveOpinion, Opinion
from tests.domain.telling import Telling, plan, when

MONTH = Delay(months=1)
GIVEN = GiveOpinion(view="favourable")


def filed(after: Delay | None = MONTH) -> Telling:
    """Filed on 23 November: two months, with a body to consult for a month at most."""
    steps = (Completeness(), Opinion(within=MONTH, optional=True), Decision(after_opinion=after), Notice())
    return Telling(plan("rejection", stopped_by="decision", start="filed", months=2, steps=steps)).file("2026-11-23")


def last_day(telling: Telling) -> date | None:
    """The last day to decide after the opinion."""
    step = telling.dossier.plan.step_of("decision")
    assert isinstance(step, Decision)
    return step.last_day(telling.dossier)


def reminded(telling: Telling) -> list[Reminder]:
    """The reminders of it."""
    return [one for one in reminders(telling.dossier) if one.kind == "tell:decide_after_opinion"]


def test_it_runs_from_the_answer_and_agents_are_reminded_seven_days_before() -> None:
    telling = filed().do(AskOpinion(), "2026-11-24")
    assert last_day(telling) is None
    telling.do(GIVEN, "2026-12-10")
    assert last_day(telling) == date(2027, 1, 10)
    assert [one.at for one in reminded(telling)] == [when("2027-01-03T00:00")]


def test_it_runs_from_the_last_day_of_a_body_that_keeps_silent_whatever_comes_later() -> None:
    telling = filed().do(AskOpinion(), "2026-11-24").wait("2026-12-26")
    assert last_day(telling) == date(2027, 1, 24)
    assert last_day(telling.do(GIVEN, "2027-01-05")) == date(2027, 1, 24)


def test_it_is_over_once_the_request_is_answered() -> None:
    """By a decision, or by silence, which it neither hastens nor delays."""
    telling = filed().do(AskOpinion(), "2026-12-20").do(GIVEN, "2027-01-10")
    assert (last_day(telling), telling.dossier.reckoning().born) == (date(2027, 2, 10), date(2027, 1, 23))
    silent = telling.wait("2027-01-24")
    assert (silent.dossier.status, last_day(silent), reminded(silent)) == ("implied_rejection", None, [])
    decided = filed().do(AskOpinion(), "2026-11-24").do(GIVEN, "2026-12-10").grant("2027-01-12")
    assert (last_day(decided), reminded(decided)) == (None, [])


def test_a_plan_that_says_nothing_of_it_has_none() -> None:
    telling = filed(None).do(AskOpinion(), "2026-11-24").do(GIVEN, "2026-12-10")
    assert (last_day(telling), reminded(telling)) == (None, [])
