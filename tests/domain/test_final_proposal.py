"""The final proposal has its own ten days, and the resident's silence on it is a refusal (CASF R232-7)."""

from __future__ import annotations

from domain.kernel import next_due
from domain.steps.assessment import Assess
from domain.steps.notice import MakeNoticeAvailable, ReadNotice
from domain.steps.proposal import AnswerProposal, Propose
from tests.domain.telling import Telling, plan_with_proposal, when


def _final(read: str) -> Telling:
    """Changes asked on 4 December, a final proposal on the 8th, opened on `read`."""
    telling = Telling(plan_with_proposal()).file("2026-11-23", electronic_notice=True)
    telling.do(Assess(findings={"gir": 2}), "2026-12-01").do(Propose(content={"plan": "900.00"}), "2026-12-02")
    telling.do(MakeNoticeAvailable(of="proposal", target=telling.dossier.seq), "2026-12-02T13:00")
    telling.do(AnswerProposal(answer="changes", text="Plus d'heures"), "2026-12-04")
    telling.do(Propose(content={"plan": "950.00"}), "2026-12-08")
    final = telling.dossier.seq
    telling.do(MakeNoticeAvailable(of="proposal", target=final), "2026-12-08T13:00")
    return telling.do(ReadNotice(target=final), read)


def test_silence_on_the_final_proposal_waits_ten_days_again_from_its_own_reception() -> None:
    """Opened on Thursday 10 December: the tenth day is Sunday 20, so Monday 21; silence on the 22nd at 0 h."""
    telling = _final("2026-12-10")

    due = next_due(telling.dossier)
    assert due is not None
    assert (due.kind, due.at) == ("proposal_silence", when("2026-12-22T00:00"))
    assert telling.wait("2026-12-21T23:59").dossier.status == "proposed"
    assert telling.wait("2026-12-22T00:00").dossier.status == "deemed_refused"
    assert telling.kinds().count("proposal_silent") == 1


def test_an_answer_to_the_final_proposal_on_its_last_day_is_in_time() -> None:
    telling = _final("2026-12-10").do(AnswerProposal(answer="accepted"), "2026-12-21T23:59")

    assert telling.wait("2026-12-31").dossier.status != "deemed_refused"
    assert "proposal_silent" not in telling.kinds()
