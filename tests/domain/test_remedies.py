"""What may still be done against a decision, and until when; an appeal lodged in time interrupts the court's period."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

import pytest

from domain.appeals import appeal_lines, lines_told
from domain.calendar import Delay
from domain.contest import ConcludeAppeal, LodgeAppeal
from domain.plan import Appeal
from domain.refusals import Refused
from domain.remedies import Remedy, remedies
from domain.steps.assessment import Assess
from domain.steps.completeness import Completeness
from domain.steps.decision import Decision
from domain.steps.notice import Notice
from domain.steps.proposal import AnswerProposal, Propose, RecordReception
from domain.steps.vote import Vote
from tests.domain.telling import Telling, plan, plan_with_proposal, when
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


def _silent(**more: Any) -> Telling:
    """Filed on 23 November 2026, rejected by silence on 23 January 2027: two months franc end on 24 March."""
    return (
        Telling(plan("rejection", start="filed", appeals=WAYS, months=2, **more)).file("2026-11-23").wait("2027-01-24")
    )


@pytest.mark.parametrize(
    ("notified", "state", "until"),
    [("2027-03-24", "open", date(2027, 5, 25)), ("2027-03-25", "over", date(2027, 3, 24))],
)
def test_a_refusal_told_after_the_implied_one_s_period_opens_nothing_again(
    notified: str, state: str, until: date
) -> None:
    """CJA R421-2: on the last day it still does; a day later it only confirms."""
    ways = _ways(_silent().refuse("2027-03-20").notify(notified), "2027-03-26")

    assert {(way.state, way.until) for way in ways.values()} == {(state, until)}
    assert all(("ne rouvre pas le délai" in way.sentence) == (state == "over") for way in ways.values())


def test_a_late_agreement_replaces_the_rejection_and_may_be_attacked() -> None:
    ways = _ways(_silent().grant("2027-05-01").notify("2027-05-03"), "2027-05-04")
    assert {way.state for way in ways.values()} == {"open"}


def test_a_letter_that_only_confirms_says_so_and_names_no_way() -> None:
    late = _silent().refuse("2027-04-01").dossier
    (line,) = lines_told(late, date(2027, 4, 1))
    assert "confirme le rejet par le silence du 23 janvier 2027" in line
    assert len(list(lines_told(_silent().refuse("2027-03-01").dossier, date(2027, 3, 1)))) == len(WAYS)


def test_where_an_assembly_decides_nothing_bars_before_an_express_refusal() -> None:
    """CJA R421-3: years later the way is still open; then two months from the notification."""
    steps = (Completeness(), Vote(), Decision(), Notice())
    telling = _silent(steps=steps)
    for way in _ways(telling, "2029-01-01").values():
        assert (way.state, way.until) == ("open", None)
        assert "tant qu'aucune décision expresse" in way.sentence
        assert "CJA R421-3" in way.article
    assert "CJA R421-3" in list(lines_told(telling.dossier, date(2027, 1, 24)))[-1]


def test_a_gracious_appeal_against_a_decision_that_has_a_mandatory_one_is_that_one() -> None:
    """CRPA L412-4: received under another name, it is not lost; the court opens at its answer."""
    first = Appeal(
        kind="rapo", title="Recours préalable", before="le président", within=Delay(months=2), mandatory_first=True
    )
    telling = Telling(plan("rejection", start="filed", stopped_by="decision", appeals=(first, WAYS[1])))
    telling.file("2026-11-02").refuse("2026-11-20").notify("2026-11-23")
    telling.do(LodgeAppeal(appeal=ONE, of="gracieux", filed=when("2026-12-01")), "2026-12-01")

    assert _ways(telling, "2026-12-02")["rapo"].state == "pending"
    assert "reçu sous le nom de recours gracieux" in telling.events[-1].in_french(telling.dossier.plan)
    telling.do(ConcludeAppeal(appeal=ONE, conclusion="refused", ended=when("2027-01-05")), "2027-01-05")
    assert _ways(telling, "2027-01-06")["tribunal-administratif"].until == date(2027, 3, 8)
    assert any("L412-3" in line and "L412-4" in line for line in appeal_lines(telling.dossier.plan))


@pytest.mark.parametrize(("answer", "since"), [("refused", "4 décembre 2026"), ("", "14 décembre 2026")])
def test_a_request_deemed_refused_may_be_contested(answer: str, since: str) -> None:
    """CASF R232-7, L134-2: from the refusal, or from the last of the ten days."""
    telling = Telling(replace(plan_with_proposal(), appeals=WAYS)).file("2026-11-30")
    telling.do(Assess(findings={}), "2026-12-01")
    telling.do(Propose(content={}), "2026-12-02").do(RecordReception(), "2026-12-04")
    if answer:
        telling.do(AnswerProposal(answer="refused"), "2026-12-04")
    telling.wait("2026-12-15")

    assert telling.dossier.status == "deemed_refused"
    for way in _ways(telling, "2026-12-16").values():
        assert way.state == "open"
        assert f"court du {since}, jour où la demande est réputée refusée" in way.sentence
        assert "CASF R232-7" in way.article


def test_each_way_says_from_which_day_it_counts_and_by_which_text() -> None:
    way = _ways(_refused(), "2027-01-02")["tribunal-administratif"]
    assert way.sentence == (
        "Vous pouvez le faire jusqu'au 25 janvier 2027. "
        "Le délai de 2 mois francs court du 23 novembre 2026, jour de la notification de la décision."
    )
    assert "CJA R421-1" in way.article
