"""Where the delay runs from the acknowledgement of the complete file (CASF R441-3, R441-4), nobody can withhold it."""

from __future__ import annotations

from domain.calendar import Delay
from domain.kernel import next_due
from domain.steps.assessment import Assessment
from domain.steps.completeness import Completeness
from domain.steps.decision import Decision
from domain.steps.notice import Notice
from domain.steps.pieces import Acknowledge
from tests.domain.telling import Telling, plan, when

STEPS = (
    Completeness(ask_within=Delay(days=10), acknowledge_within=Delay(days=10)),
    Assessment(),
    Decision(),
    Notice(),
)


def _filed(*, complete: bool = True) -> Telling:
    return Telling(plan(start="acknowledged", months=4, steps=STEPS)).file("2026-11-23", complete=complete)


def test_an_acknowledgement_that_never_comes_is_dated_its_last_day() -> None:
    """Filed on 23 November: the tenth day is 3 December, four months to 3 April, acquired on the 4th."""
    telling = _filed()
    due = next_due(telling.dossier)
    assert due is not None
    assert (due.kind, due.at) == ("acknowledgement_due", when("2026-12-04T00:00"))

    telling.wait("2026-12-04")
    assert str(telling.dossier.reckoning().born) == "2027-04-03"
    assert telling.wait("2027-04-04").dossier.status == "implied_acceptance"


def test_one_may_still_come_on_the_last_day() -> None:
    """The tenth day itself."""
    assert str(_filed().do(Acknowledge(), "2026-12-03").dossier.reckoning().born) == "2027-04-03"


def test_one_that_comes_is_the_start() -> None:
    """On the 25th: four months to 25 March."""
    telling = _filed().do(Acknowledge(), "2026-11-25")
    assert str(telling.dossier.reckoning().born) == "2027-03-25"
    assert telling.wait("2026-12-10").kinds().count("acknowledged") == 1


def test_an_incomplete_file_is_not_acknowledged_by_time() -> None:
    """The ten days run from the day it is complete."""
    telling = _filed(complete=False).wait("2026-12-20")
    assert "acknowledged" not in telling.kinds()
    telling.provide("2026-12-21").wait("2027-01-01")
    assert telling.dossier.acknowledged == when("2026-12-31T00:00")
