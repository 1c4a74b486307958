"""A proposal to answer: ten days from its reception, a final one after changes (CASF R232-7)."""

from __future__ import annotations

import pytest

from domain.kernel import next_due
from domain.refusals import Refused
from domain.steps.assessment import Assess
from domain.steps.notice import MakeNoticeAvailable, ReadNotice
from domain.steps.proposal import AnswerProposal, Propose, RecordReception
from tests.domain.telling import Telling, plan_with_proposal, when


def _proposed(*, electronic: bool = True) -> Telling:
    telling = Telling(plan_with_proposal()).file("2026-11-23", electronic_notice=electronic)
    telling.do(Assess(findings={"gir": 2}), "2026-12-01").do(Propose(content={"plan": "900.00"}), "2026-12-02")
    if electronic:
        seq = telling.dossier.seq
        telling.do(MakeNoticeAvailable(of="proposal", target=seq), "2026-12-02T13:00")
    return telling


def _target(telling: Telling) -> int:
    assert telling.dossier.proposal is not None
    return telling.dossier.proposal.seq


def test_the_ten_days_run_from_reception_not_from_sending() -> None:
    """Read on 7 December: the last day is the 17th, silence on the 18th at 0 h."""
    telling = _proposed()
    telling.do(ReadNotice(target=_target(telling)), "2026-12-07")

    due = next_due(telling.dossier)
    assert due is not None
    assert (due.kind, due.at) == ("proposal_silence", when("2026-12-18T00:00"))
    assert telling.wait("2026-12-18").dossier.status == "deemed_refused"


def test_a_residents_last_day_moves_to_a_working_day() -> None:
    """Received on Wednesday 9 December: the tenth day is Saturday 19, so Monday 21."""
    telling = _proposed()
    telling.do(ReadNotice(target=_target(telling)), "2026-12-09")

    due = next_due(telling.dossier)
    assert due is not None
    assert due.at == when("2026-12-22T00:00")


def test_changes_then_a_final_proposal_then_ten_days_again() -> None:
    """On the final one, changes may not be asked."""
    telling = _proposed()
    telling.do(AnswerProposal(answer="changes", text="Plus d'heures"), "2026-12-04")
    telling.do(Propose(content={"plan": "950.00"}), "2026-12-08")
    assert telling.dossier.proposal is not None
    assert telling.dossier.proposal.final

    with pytest.raises(Refused, match="définitive"):
        telling.do(AnswerProposal(answer="changes"), "2026-12-09")
    telling.do(AnswerProposal(answer="accepted"), "2026-12-09")
    assert telling.grant("2026-12-10").notify("2026-12-11").dossier.status == "granted"


def test_an_express_refusal_deems_the_request_refused() -> None:
    """And silence decides nothing any more."""
    telling = _proposed().do(AnswerProposal(answer="refused"), "2026-12-04")

    assert telling.dossier.status == "deemed_refused"
    assert telling.wait("2027-06-01").kinds().count("silence_took_effect") == 0


def test_a_paper_proposal_runs_from_its_postal_receipt() -> None:
    """The agent records it with its evidence."""
    telling = _proposed(electronic=False)
    late = RecordReception(effective=when("2026-12-05"), channel="registered_mail", evidence="AR 2C")
    telling.do(late, "2026-12-08")

    due = next_due(telling.dossier)
    assert due is not None
    assert due.at == when("2026-12-16T00:00")


def test_unread_for_fifteen_days_it_is_deemed_received_and_never_silent_before_that_day() -> None:
    """CRPA R112-20, à confirmer: deemed on the day it was available, known fifteen days later."""
    telling = _proposed().wait("2026-12-17T23:59")
    assert telling.dossier.status == "proposed"

    telling.wait("2026-12-18")
    assert telling.kinds()[-3:] == ["notice_deemed", "proposal_received", "proposal_silent"]
    assert telling.events[-1].effective == when("2026-12-18T00:00")


def test_a_favourable_decision_waits_for_the_accepted_proposal() -> None:
    """A refusal need not."""
    with pytest.raises(Refused, match="Proposition"):
        _proposed().grant("2026-12-04")
    assert _proposed().refuse("2026-12-04").dossier.status == "decided"


def test_an_act_out_of_order_is_refused() -> None:
    """No proposal before the assessment."""
    telling = Telling(plan_with_proposal()).file("2026-11-23")
    with pytest.raises(Refused, match="Évaluation"):
        telling.do(Propose(content={}), "2026-11-25")
