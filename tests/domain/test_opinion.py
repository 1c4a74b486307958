"""An opinion is asked for, given, or deemed given once its time is over."""

from __future__ import annotations

import pytest

from domain.kernel import next_due
from domain.refusals import Refused
from domain.steps.opinion import AskOpinion, GiveOpinion
from domain.steps.visa import GiveVisa
from tests.domain.telling import when
from tests.domain.telling_grants import ONE, filed


def test_a_body_that_keeps_silent_is_deemed_to_have_answered() -> None:
    """Asked on 5 January: the month ends on 5 February, and examination goes on from the 6th at 0 h."""
    telling = filed().do(AskOpinion(), "2027-01-05")
    due = next_due(telling.dossier)
    assert due is not None
    assert (due.kind, due.at, due.article) == ("opinion_deemed", when("2027-02-06T00:00"), "T3")

    telling.wait("2027-02-06")
    assert telling.dossier.opinion is not None
    assert (telling.dossier.opinion.deemed, telling.dossier.opinion.view) == (True, None)
    telling.do(GiveVisa(agent=ONE), "2027-02-06")


def test_examination_waits_for_it() -> None:
    """The visas come after."""
    with pytest.raises(Refused, match="Avis"):
        filed().do(GiveVisa(agent=ONE), "2027-01-05")
    filed(optional=True).do(GiveVisa(agent=ONE), "2027-01-05")


def test_a_late_opinion_is_recorded_and_moves_no_date() -> None:
    """It was deemed given: what it says is known all the same."""
    telling = filed().do(AskOpinion(), "2027-01-05").wait("2027-02-10")
    born = telling.dossier.reckoning().born
    telling.do(GiveOpinion(view="unfavourable", text="Projet flou."), "2027-02-11")

    assert telling.dossier.opinion is not None
    assert telling.dossier.opinion.view == "unfavourable"
    assert telling.dossier.reckoning().born == born


@pytest.mark.parametrize("view", ["reserved", "unfavourable"])
def test_reserves_say_why(view: str) -> None:
    """A favourable one need not."""
    telling = filed().do(AskOpinion(), "2027-01-05")
    with pytest.raises(Refused, match="pourquoi"):
        telling.do(GiveOpinion(view=view), "2027-01-06")  # type: ignore[arg-type]


def test_it_is_asked_for_once_given_once_and_never_unasked() -> None:
    telling = filed()
    with pytest.raises(Refused, match="pas été demandé"):
        telling.do(GiveOpinion(view="favourable"), "2027-01-05")
    telling.do(AskOpinion(), "2027-01-05")
    with pytest.raises(Refused, match="déjà demandé"):
        telling.do(AskOpinion(), "2027-01-06")
    telling.do(GiveOpinion(view="favourable"), "2027-01-07")
    with pytest.raises(Refused, match="déjà rendu"):
        telling.do(GiveOpinion(view="favourable"), "2027-01-08")
