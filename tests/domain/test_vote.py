"""A vote binds the decision that follows it."""

from __future__ import annotations

from datetime import date

import pytest

from domain.refusals import Refused
from domain.steps.visa import GiveVisa
from domain.steps.vote import RecordVote
from tests.domain.telling_grants import ONE, TWO, filed, granted, voted


def test_the_decision_says_what_was_voted() -> None:
    """Neither a grant after a rejection, nor a refusal after an adoption."""
    with pytest.raises(Refused, match="rejetée"):
        voted(adopted=False).grant("2027-02-10")
    with pytest.raises(Refused, match="adoptée"):
        voted().refuse("2027-02-10")
    assert granted().dossier.status == "granted"
    assert voted(adopted=False).refuse("2027-02-10").dossier.status == "decided"


def test_a_vote_is_recorded_once_with_its_number() -> None:
    with pytest.raises(Refused, match="déjà enregistré"):
        voted().do(RecordVote(adopted=True, session=date(2027, 2, 8), deliberation="2027-13"), "2027-02-10")


@pytest.mark.parametrize(
    ("session", "number"), [(date(2027, 2, 8), " "), (date(2027, 3, 1), "1"), (date(2026, 1, 1), "1")]
)
def test_a_session_lies_between_the_filing_and_today(session: date, number: str) -> None:
    """And a deliberation bears a number."""
    telling = filed(optional=True).do(GiveVisa(agent=ONE), "2027-01-13").do(GiveVisa(agent=TWO), "2027-01-14")
    with pytest.raises(Refused, match=r"séance|numéro"):
        telling.do(RecordVote(adopted=True, session=session, deliberation=number), "2027-02-09")
