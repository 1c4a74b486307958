"""Pieces move the clock as the text says, and a request that may not move it says so."""

from __future__ import annotations

import pytest

from domain.refusals import Refused
from domain.steps.completeness_events import PiecesRequested
from tests.domain.telling import Telling, plan


def _born(telling: Telling) -> str:
    return str(telling.dossier.reckoning().born)


def test_under_acceptance_a_request_in_time_annuls_until_the_last_piece() -> None:
    """CASF D421-11: the three months run anew from the complete file."""
    telling = Telling(plan()).file("2026-11-30").request("2026-12-10", "2027-01-10")
    assert telling.dossier.silence_due() is None
    assert telling.dossier.status == "incomplete"

    telling.provide("2026-12-20")
    assert _born(telling) == "2027-03-20"
    assert telling.dossier.status == "filed"


def test_under_rejection_a_request_suspends() -> None:
    """CRPA L114-5: filed on 23 November, asked on 1 December, given on the 15th: fourteen days more."""
    telling = Telling(plan("rejection", start="filed", months=2)).file("2026-11-23")
    telling.request("2026-12-01", "2026-12-31").provide("2026-12-15")

    assert _born(telling) == "2027-02-06"


def test_a_late_request_moves_nothing_and_says_so() -> None:
    """Fifteen days from the filing, no more."""
    telling = Telling(plan()).file("2026-11-30").request("2026-12-20", "2027-01-10")

    asked = telling.events[-1]
    assert isinstance(asked, PiecesRequested)
    assert not asked.moves_clock
    assert "n'est pas modifié" in asked.why
    assert _born(telling) == "2027-02-28"


def test_a_piece_that_no_text_requires_moves_nothing() -> None:
    """CRPA L114-5."""
    telling = Telling(plan()).file("2026-11-30").request("2026-12-01", "2027-01-10", "photo")

    assert _born(telling) == "2027-02-28"
    telling.provide("2026-12-05", "photo")
    assert _born(telling) == "2027-02-28"


def test_an_incomplete_file_starts_its_clock_the_day_the_last_piece_arrives() -> None:
    """Dated that day, not when somebody noticed."""
    telling = Telling(plan()).file("2026-11-30", complete=False)
    assert telling.dossier.silence_due() is None

    telling.provide("2026-12-15")
    assert telling.dossier.complete is not None
    assert _born(telling) == "2027-03-15"


def test_an_agents_inaction_cannot_stop_a_complete_filing() -> None:
    """A filing with every required piece is complete at the same instant."""
    assert Telling(plan()).file("2026-11-30").kinds() == ["filed", "received_by_competent", "completed"]


def test_a_piece_that_the_plan_does_not_know_is_refused() -> None:
    """The error names it."""
    with pytest.raises(Refused, match="passeport"):
        Telling(plan()).file("2026-11-30").request("2026-12-01", "2027-01-10", "passeport")


def test_the_time_given_runs_out() -> None:
    """Under rejection the clock goes on from the last day given."""
    telling = Telling(plan("rejection", start="filed", months=2)).file("2026-11-23")
    telling.request("2026-12-01", "2026-12-31").wait("2027-01-02")

    assert telling.kinds()[-1] == "pieces_lapsed"
    assert _born(telling) == "2027-02-22"


def test_examination_waits_for_indispensable_pieces_only() -> None:
    """CRPA L114-5-1."""
    telling = Telling(plan()).file("2026-11-30", complete=False)
    assert not telling.dossier.plan.steps[0].done(telling.dossier)
    assert telling.provide("2026-12-01").dossier.plan.steps[0].done(telling.dossier)
