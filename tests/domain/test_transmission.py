"""Wrong counter: the request goes on to whom it belongs, and its time follows its effect of silence (CRPA L114-3)."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from domain.correction import CorrectDate
from domain.filing import ReceiveAsCompetent
from domain.refusals import Refused
from domain.steps.pieces import ProvidePiece
from domain.steps.transmission import Transmit
from tests.domain.telling import DOCUMENT, Telling, plan, when

LATE: dict[str, Any] = {"effective": when("2026-11-23"), "channel": "paper", "evidence": "tampon du 23"}


def _misdirected(silence: str, *, complete: bool = True) -> Telling:
    """Received by a town hall on 23 November, and by us nobody knows yet when."""
    telling = Telling(plan(silence, start="complete" if silence == "acceptance" else "filed", months=2))
    return telling.file("2026-12-01", complete=complete, initially="CCAS de Brest", **LATE)


def test_under_rejection_the_delay_runs_from_the_first_counter() -> None:
    """Whoever that was."""
    assert str(_misdirected("rejection").dossier.reckoning().born) == "2027-01-23"


def test_under_acceptance_it_runs_from_the_competent_authority() -> None:
    """Received there on 3 December: two months to 3 February."""
    telling = _misdirected("acceptance")
    assert telling.dossier.silence_due() is None

    telling.do(ReceiveAsCompetent(), "2026-12-03")
    assert str(telling.dossier.reckoning().born) == "2027-02-03"
    with pytest.raises(Refused, match="déjà reçu"):
        telling.do(ReceiveAsCompetent(), "2026-12-04")


def test_a_piece_given_meanwhile_does_not_start_it() -> None:
    """Complete on the 2nd, but ours only on the 3rd."""
    telling = _misdirected("acceptance", complete=False).provide("2026-12-02")
    assert telling.dossier.complete is None
    telling.do(ReceiveAsCompetent(), "2026-12-03")
    assert telling.dossier.complete == when("2026-12-03")


def test_a_reception_known_after_the_last_piece_leaves_the_file_complete_from_that_piece() -> None:
    """Ours on the 1st, written down on the 4th; its certificate came again on the 3rd, and that may be corrected."""
    telling = (
        _misdirected("acceptance", complete=False)
        .provide("2026-12-02")
        .do(ProvidePiece(piece="certificat", documents=(DOCUMENT,), by_hand=True), "2026-12-03T18:00")
    )
    telling.do(ReceiveAsCompetent(**LATE | {"effective": when("2026-12-01")}), "2026-12-04")
    assert telling.dossier.complete == when("2026-12-03T18:00")
    anew = CorrectDate(of="piece", piece="certificat", **LATE)
    telling.do(replace(anew, effective=when("2026-12-03")), "2026-12-05")
    assert telling.dossier.complete == when("2026-12-03")
    assert str(telling.dossier.reckoning().born) == "2027-02-03"
    telling.do(replace(anew, effective=when("2026-11-25")), "2026-12-05T13:00")
    assert telling.dossier.complete == when("2026-12-01"), "never before it was ours"


def test_both_days_may_be_told_at_once() -> None:
    """And the second cannot come first."""
    telling = Telling(plan("acceptance", months=2))
    telling.file("2026-12-01", initially="CCAS", competent=when("2026-11-30"), **LATE)
    assert str(telling.dossier.reckoning().born) == "2027-01-30"
    with pytest.raises(Refused, match="avant son dépôt"):
        Telling(plan()).file("2026-12-01", initially="CCAS", competent=when("2026-11-20"), **LATE)


def test_what_is_transmitted_is_closed_here_and_says_whose_time_runs() -> None:
    """CRPA L114-2: the person is told; silence decides nothing here any more."""
    for silence, why in (
        ("rejection", "depuis le dépôt"),
        ("acceptance", "réception par cette autorité"),
        ("none", "pas d'effet"),
    ):
        telling = Telling(plan(silence, months=2)).file("2026-11-23").do(Transmit(to="MDPH 35"), "2026-11-25")
        assert (telling.dossier.status, telling.dossier.closed) == ("transmitted", True)
        assert why in telling.events[-1].in_french(telling.dossier.plan)
        assert "silence_took_effect" not in telling.wait("2027-06-01").kinds()


def test_nothing_is_transmitted_to_nobody_twice_or_once_answered() -> None:
    telling = Telling(plan()).file("2026-11-23")
    with pytest.raises(Refused, match="autorité"):
        telling.do(Transmit(), "2026-11-25")
    with pytest.raises(Refused):
        telling.do(Transmit(to="A"), "2026-11-25").do(Transmit(to="B"), "2026-11-26")
    with pytest.raises(Refused, match="réponse"):
        Telling(plan()).file("2026-11-23").grant("2026-11-24").do(Transmit(to="A"), "2026-11-25")


def test_pieces_written_down_after_both_receptions_complete_it_at_the_later() -> None:
    """Received by the town hall with its piece on 23 November, by us on the 30th: complete on the 30th."""
    telling = Telling(plan("acceptance", months=2))
    telling.file("2026-12-01", complete=False, initially="CCAS", competent=when("2026-11-30"), **LATE)
    given = ProvidePiece(piece="certificat", documents=(DOCUMENT,), **LATE)
    assert telling.do(given, "2026-12-02").dossier.complete == when("2026-11-30")


def test_an_implied_rejection_does_not_end_the_duty_to_transmit() -> None:
    """CRPA L114-2: an express answer may still come, from whom the request belongs to."""
    telling = Telling(plan("rejection", start="filed", months=2)).file("2026-11-23").wait("2027-01-24")
    assert telling.do(Transmit(to="MDPH"), "2027-01-25").dossier.status == "transmitted"
