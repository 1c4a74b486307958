"""What may still be done against a decision, and until when; an appeal lodged in time interrupts the court's period."""

from __future__ import annotations

from datetime import date
from uuid import UUID

import pytest

from domain.calendar import Delay
from domain.contest import ConcludeAppeal, LodgeAppeal
from domain.plan import Appeal
from domain.refusals import Refused
from domain.remedies import Remedy, remedies
from tests.domain.telling import Telling, plan, when
from tests.domain.telling_grants import WAYS

ONE = UUID(int=21)


def _refused(**more: object) -> Telling:
    """Refused, notified on Monday 23 November 2026: two months, franc, end on Sunday 24 January, so on the 25th."""
    telling = Telling(plan("rejection", start="filed", stopped_by="decision", appeals=WAYS, **more))
    return telling.file("2026-11-02").refuse("2026-11-20").notify("2026-11-23")


def _ways(telling: Telling, on: str) -> dict[str, Remedy]:
    return {way.kind: way for way in remedies(telling.dossier, when(on))}


def _lodged(on: str) -> Telling:
    return _refused().do(LodgeAppeal(appeal=ONE, of="gracieux", filed=when(on)), on)


def test_both_ways_are_open_for_two_months_franc() -> None:
    """The fact sheet's own vector: 25 January 2027."""
    ways = _ways(_refused(), "2027-01-25")
    assert {way.state for way in ways.values()} == {"open"}
    assert {way.until for way in ways.values()} == {date(2027, 1, 25)}
    assert {way.state for way in _ways(_refused(), "2027-01-26").values()} == {"over"}


def test_before_there_is_a_decision_there_is_nothing_to_attack() -> None:
    telling = Telling(plan("rejection", appeals=WAYS)).file("2026-11-02").refuse("2026-11-20")
    assert remedies(telling.dossier, when("2026-11-21")) == ()
    with pytest.raises(Refused):
        telling.do(LodgeAppeal(appeal=ONE, of="gracieux", filed=when("2026-11-21")), "2026-11-21")


def test_a_gracious_appeal_in_time_interrupts_the_court_s_period() -> None:
    """CRPA L411-2: it runs anew, whole, from the answer."""
    telling = _lodged("2027-01-25")
    assert _ways(telling, "2027-02-20")["tribunal-administratif"].state == "waits"
    assert _ways(telling, "2027-02-20")["gracieux"].state == "pending"

    telling.do(ConcludeAppeal(appeal=ONE, conclusion="implied_rejection", ended=when("2027-03-26T00:00")), "2027-03-27")
    court = _ways(telling, "2027-04-01")["tribunal-administratif"]
    assert (court.state, court.until) == ("open", date(2027, 5, 26))


def test_one_lodged_too_late_interrupts_nothing() -> None:
    """And says so."""
    telling = _lodged("2027-01-26")
    assert telling.dossier.appeals[0].in_time is False
    assert _ways(telling, "2027-02-01")["tribunal-administratif"].state == "over"


def test_what_must_come_first_does() -> None:
    """The court only after the mandatory appeal."""
    first = Appeal(
        kind="rapo", title="Recours préalable", before="le président", within=Delay(months=2), mandatory_first=True
    )
    telling = Telling(plan("rejection", start="filed", stopped_by="decision", appeals=(*WAYS[1:], first)))
    telling.file("2026-11-02").refuse("2026-11-20").notify("2026-11-23")

    assert [way.kind for way in remedies(telling.dossier, when("2026-12-01"))] == ["rapo", "tribunal-administratif"]
    assert _ways(telling, "2026-12-01")["tribunal-administratif"].state == "waits"


def test_an_implied_rejection_is_attacked_from_the_day_it_was_born() -> None:
    """CJA R421-2."""
    telling = Telling(plan("rejection", start="filed", appeals=WAYS, months=2)).file("2026-11-23").wait("2027-01-24")
    assert _ways(telling, "2027-01-24")["gracieux"].until == date(2027, 3, 24)


def test_an_appeal_is_recorded_once_and_ends_once() -> None:
    telling = _lodged("2027-01-10")
    with pytest.raises(Refused, match="déjà"):
        telling.do(LodgeAppeal(appeal=ONE, of="gracieux", filed=when("2027-01-11")), "2027-01-11")
    with pytest.raises(Refused, match="gracieuse"):
        telling.do(LodgeAppeal(appeal=UUID(int=22), of="gracieuse", filed=when("2027-01-11")), "2027-01-11")
    ended = ConcludeAppeal(appeal=ONE, conclusion="granted", ended=when("2027-01-20"))
    telling.do(ended, "2027-01-20")
    with pytest.raises(Refused, match="en cours"):
        telling.do(ended, "2027-01-21")
