"""The legal clock's rules, one by one, on worked dates (docs/clock.md, docs/law/delais.md)."""

from __future__ import annotations

import pytest

from domain.calendar import Delay
from domain.clock.reckoning import reckon
from domain.clock.terms import Clock, Reckoning, Silence, Start
from tests.domain.clock.telling import ASKED, THREE, TWO, ends, facts, rows, text


def test_two_months_to_a_refusal_end_on_a_saturday_and_are_not_moved() -> None:
    assert ends("rejection", TWO, "filed", "2026-11-23 filed") == ("2027-01-23", "2027-01-23")


def test_three_months_from_30_november_end_with_february() -> None:
    told = ("2026-11-30 filed", "2026-11-30 complete")
    assert ends("acceptance", THREE, "complete", *told) == ("2027-02-28", "2027-02-28")


def test_30_december_goes_to_29_february_and_silence_decides_on_1_march() -> None:
    """Where demarches-simplifiees finds 29 February (docs/law/delais.md)."""
    assert ends("rejection", TWO, "filed", "2023-12-30 filed") == ("2024-02-29", "2024-02-29")


def test_pieces_stop_a_clock_that_leads_to_a_refusal() -> None:
    reckoning = reckon(Clock(TWO, "filed", silence="rejection"), facts(*ASKED))
    assert (text(reckoning.expires), text(reckoning.born)) == ("2027-02-06", "2027-02-06")
    assert rows(reckoning) == [
        ("2026-11-23", "2026-12-01", True, True, 0, "CRPA L231-4"),
        ("2026-12-01", "2026-12-15", False, False, 1, "CRPA L114-5 al. 3"),
        ("2026-12-15", "2027-02-07", True, True, 2, "CRPA L114-5 al. 3"),
    ]


def test_pieces_annul_a_clock_that_leads_to_an_acceptance() -> None:
    clock = Clock(THREE, "complete", silence="acceptance", reference=("CASF L421-6",))
    reckoning = reckon(clock, facts(ASKED[0], "2026-11-23 complete", *ASKED[1:]))
    assert (text(reckoning.started), text(reckoning.expires)) == ("2026-11-23", "2027-03-15")
    assert rows(reckoning) == [
        ("2026-11-23", "2026-12-01", True, False, 1, "CASF L421-6"),
        ("2026-12-01", "2026-12-15", False, False, 2, "CRPA L114-5 al. 2"),
        ("2026-12-15", "2027-03-16", True, True, 3, "CRPA L114-5 al. 2"),
    ]


def test_pieces_never_given_leave_an_acceptance_without_a_date() -> None:
    reckoning = reckon(Clock(TWO, "filed", silence="provisional"), facts(*ASKED[:2]))
    assert (reckoning.expires, reckoning.born) == (None, None)
    assert rows(reckoning)[-1] == ("2026-12-01", None, False, False, 1, "CRPA L114-5 al. 2")


def test_pieces_never_given_stop_a_refusal_until_the_day_given_only() -> None:
    """30 days, and the clock runs again because of the request itself: its time is over."""
    reckoning = reckon(Clock(TWO, "filed", silence="rejection"), facts(*ASKED[:2]))
    assert text(reckoning.expires) == "2027-02-22"
    assert rows(reckoning)[-1][:5] == ("2026-12-31", "2027-02-23", True, True, 1)


def test_pieces_given_after_the_day_given_stop_the_clock_no_longer() -> None:
    told = (*ASKED[:2], "2027-01-10 pieces_provided")
    assert ends("rejection", TWO, "filed", *told) == ("2027-02-22", "2027-02-22")


def test_two_requests_that_overlap_count_once_and_one_answer_closes_both() -> None:
    """Stopped from 1 to 20 December: 19 days."""
    told = (*ASKED[:2], "2026-12-05 pieces_requested 2027-01-05", "2026-12-20 pieces_provided")
    assert ends("rejection", TWO, "filed", *told) == ("2027-02-11", "2027-02-11")


def test_a_request_and_a_suspension_that_overlap_count_once_and_each_has_its_part_of_the_ledger() -> None:
    told = (*ASKED, "2026-12-10 suspended", "2026-12-20 resumed")
    reckoning = reckon(Clock(TWO, "filed", silence="rejection"), facts(*told))
    assert text(reckoning.expires) == "2027-02-11"
    assert rows(reckoning)[1:3] == [
        ("2026-12-01", "2026-12-15", False, False, 1, "CRPA L114-5 al. 3"),
        ("2026-12-15", "2026-12-20", False, False, 3, "CRPA R113-6"),
    ]


@pytest.mark.parametrize("silence", ["acceptance", "rejection", "provisional", "none"])
def test_originals_asked_for_stop_the_clock_whatever_silence_does(silence: Silence) -> None:
    told = ("2026-11-23 filed", "2026-12-01 suspended", "2026-12-15 resumed")
    assert ends(silence, TWO, "filed", *told)[0] == "2027-02-06"


def test_a_suspension_without_an_end_leaves_no_date() -> None:
    reckoning = reckon(Clock(TWO, "filed", silence="rejection"), facts("2026-11-23 filed", "2026-12-01 suspended"))
    assert (reckoning.expires, reckoning.born) == (None, None)
    assert rows(reckoning)[-1][1] is None


def test_a_request_once_silence_has_decided_moves_nothing() -> None:
    """The last day still belongs to the administration; the next one does not."""
    on_the_last_day = ends("rejection", TWO, "filed", "2026-11-23 filed", "2027-01-23 pieces_requested 2027-02-02")
    on_the_next_day = ends("rejection", TWO, "filed", "2026-11-23 filed", "2027-01-24 pieces_requested 2027-02-02")
    assert on_the_last_day == ("2027-02-02", "2027-02-02")
    assert on_the_next_day == ("2027-01-23", "2027-01-23")


def test_a_request_on_the_last_day_still_annuls_an_acceptance_and_on_the_next_day_no_longer() -> None:
    on_the_last_day = ("2026-11-23 filed", "2027-01-23 pieces_requested 2027-02-23", "2027-02-01 pieces_provided")
    on_the_next_day = ("2026-11-23 filed", "2027-01-24 pieces_requested 2027-02-23", "2027-02-01 pieces_provided")
    assert ends("acceptance", TWO, "filed", *on_the_last_day) == ("2027-04-01", "2027-04-01")
    assert ends("acceptance", TWO, "filed", *on_the_next_day) == ("2027-01-23", "2027-01-23")


@pytest.mark.parametrize(("silence", "end"), [("acceptance", "2027-04-24"), ("rejection", "2027-02-26")])
def test_a_request_in_time_because_of_an_earlier_pause_counts(silence: Silence, end: str) -> None:
    """On 1 February the plain delay would be over; fourteen days of pause keep the clock alive until the 6th."""
    pause = ("2026-12-01 suspended", "2026-12-15 resumed")
    told = ("2026-11-23 filed", *pause, "2027-02-04 pieces_requested 2027-03-31", "2027-02-24 pieces_provided")
    assert ends(silence, TWO, "filed", *told)[0] == end


def test_only_the_start_chooses_the_start() -> None:
    told = ("2026-11-23 filed", "2026-11-25 received_by_competent", "2026-11-27 acknowledged", "2026-11-30 complete")
    found = {start: ends("rejection", TWO, start, *told)[0] for start in ("filed", "competent", "acknowledged")}
    assert found == {"filed": "2027-01-23", "competent": "2027-01-25", "acknowledged": "2027-01-27"}
    assert ends("rejection", TWO, "complete", *told)[0] == "2027-01-30"


@pytest.mark.parametrize("start", ["complete", "acknowledged", "competent"])
def test_a_filing_alone_starts_no_other_clock(start: Start) -> None:
    reckoning = reckon(Clock(TWO, start, silence="acceptance"), facts("2026-11-23 filed"))
    assert reckoning == Reckoning(None, None, None, ())


def test_without_a_complete_fact_the_file_is_complete_when_the_last_request_is_answered() -> None:
    told = (*ASKED, "2026-12-20 pieces_requested 2026-12-30")
    assert ends("acceptance", TWO, "complete", *ASKED) == ("2027-02-15", "2027-02-15")
    assert ends("acceptance", TWO, "complete", *told) == (None, None)
    assert ends("rejection", TWO, "complete", *told, "2026-12-28 pieces_provided") == ("2027-02-28", "2027-02-28")


def test_a_request_made_after_silence_has_decided_does_not_undo_the_completeness() -> None:
    told = (*ASKED, "2027-03-01 pieces_requested 2027-03-20", "2027-03-10 pieces_provided")
    assert ends("acceptance", TWO, "complete", *told) == ("2027-02-15", "2027-02-15")


def test_a_request_made_on_the_last_day_does_undo_it() -> None:
    told = (*ASKED, "2027-02-15 pieces_requested 2027-03-20", "2027-03-10 pieces_provided")
    assert ends("acceptance", TWO, "complete", *told) == ("2027-05-10", "2027-05-10")
    assert text(reckon(Clock(TWO, "complete", silence="acceptance"), facts(*told)).started) == "2027-03-10"


def test_a_file_completed_by_its_pieces_starts_under_the_articles_of_the_clock() -> None:
    reckoning = reckon(Clock(TWO, "complete", silence="acceptance", reference=("CASF L421-6",)), facts(*ASKED))
    assert rows(reckoning) == [("2026-12-15", "2027-02-16", True, True, 2, "CASF L421-6")]


def test_pieces_given_on_the_very_day_given_are_what_ends_the_stop() -> None:
    reckoning = reckon(Clock(TWO, "filed", silence="rejection"), facts(*ASKED[:2], "2026-12-31 pieces_provided"))
    assert rows(reckoning)[-1] == ("2026-12-31", "2027-02-23", True, True, 2, "CRPA L114-5 al. 3")


def test_only_the_days_of_a_request_after_the_start_are_stopped() -> None:
    """Asked on 1 December, received by the competent authority on the 10th, answered on the 15th: five days."""
    told = (*ASKED[:2], "2026-12-10 received_by_competent", ASKED[2])
    assert ends("rejection", TWO, "competent", *told) == ("2027-02-15", "2027-02-15")
    assert ends("acceptance", TWO, "competent", *told) == ("2027-02-15", "2027-02-15")


def test_a_request_answered_before_the_start_moves_nothing() -> None:
    told = (*ASKED, "2026-12-20 received_by_competent")
    assert ends("rejection", TWO, "competent", *told) == ("2027-02-20", "2027-02-20")
    assert ends("acceptance", TWO, "competent", *told) == ("2027-02-20", "2027-02-20")


def test_a_complete_file_lacks_nothing_so_an_earlier_request_no_longer_holds_back_an_acceptance() -> None:
    told = (*ASKED[:2], "2026-12-12 complete")
    assert ends("acceptance", TWO, "complete", *told) == ("2027-02-12", "2027-02-12")


def test_extensions_of_the_same_unit_add_up_before_the_months_end() -> None:
    """Four months from 31 August would end on 31 December; six end on 28 February, not two after a clamp."""
    told = ("2026-08-31 filed", "2026-10-01 extended 2")
    assert ends("acceptance", Delay(months=4), "filed", *told) == ("2027-02-28", "2027-02-28")
    twice = ("2026-12-30 filed", "2027-01-10 extended 1", "2027-01-11 extended 1")
    assert ends("rejection", Delay(months=1), "filed", *twice)[0] == "2027-03-30"


def test_extensions_of_another_unit_apply_after() -> None:
    told = ("2026-11-30 filed", "2026-12-10 extended 15d")
    assert ends("rejection", THREE, "filed", *told)[0] == "2027-03-15"


def test_an_extension_opens_its_interval_and_comes_too_late_after_silence() -> None:
    reckoning = reckon(
        Clock(TWO, "filed", silence="rejection", reference=("texte",)),
        facts("2026-11-23 filed", "2026-12-10 extended 1", "2027-02-24 extended 1"),
    )
    assert rows(reckoning) == [
        ("2026-11-23", "2026-12-10", True, True, 0, "texte"),
        ("2026-12-10", "2027-02-24", True, True, 1, "texte"),
    ]


def test_silence_that_decides_nothing_is_never_born() -> None:
    reckoning = reckon(Clock(TWO, "filed", silence="none"), facts(*ASKED))
    assert (text(reckoning.expires), reckoning.born) == ("2027-02-06", None)
    assert text(reckoning.ledger[-1].end) == "2027-02-07"


def test_a_residents_last_day_moves_to_a_working_one() -> None:
    clear = Delay(months=2, franc=True)
    assert ends("none", clear, "filed", "2026-11-23 filed", whose="resident")[0] == "2027-01-25"
    assert ends("none", clear, "filed", "2026-11-23 filed")[0] == "2027-01-24"


def test_a_residents_delay_may_still_be_extended_on_the_working_day_it_was_moved_to() -> None:
    """Two months from 23/11/2026 end on Saturday 23 January, moved to Monday the 25th."""
    on_the_monday = ("2026-11-23 filed", "2027-01-25 extended 1")
    on_the_tuesday = ("2026-11-23 filed", "2027-01-26 extended 1")
    assert ends("none", TWO, "filed", *on_the_monday, whose="resident")[0] == "2027-02-23"
    assert ends("none", TWO, "filed", *on_the_tuesday, whose="resident")[0] == "2027-01-25"


def test_a_stop_once_a_residents_delay_has_run_out_gives_no_more_days_than_the_report() -> None:
    told = ("2026-11-23 filed", "2027-01-24 suspended", "2027-02-10 resumed")
    assert ends("none", TWO, "filed", *told, whose="resident")[0] == "2027-01-25"


def test_facts_apply_by_date_then_in_the_order_given() -> None:
    told = [facts(*ASKED)[n] for n in (2, 0, 1)]
    reckoning = reckon(Clock(TWO, "filed", silence="rejection"), told)
    assert text(reckoning.expires) == "2027-02-06"
    assert [interval.cause for interval in reckoning.ledger] == [1, 2, 0]


def test_pieces_asked_and_given_the_same_day_still_restart_an_acceptance() -> None:
    told = ("2026-11-23 filed", "2026-12-01 pieces_requested 2026-12-31", "2026-12-01 pieces_provided")
    assert ends("acceptance", TWO, "filed", *told)[0] == "2027-02-01"
    assert ends("rejection", TWO, "filed", *told)[0] == "2027-01-23"
