"""An act at the wrong time is refused, or says what is so: never that a delay which is over still moves."""

from __future__ import annotations

import pytest

from domain.calendar import Delay
from domain.extension import Extend, Resume, Suspend
from domain.kernel import fold
from domain.mandate import TakeOver
from domain.messages import SendMessage
from domain.refusals import Refused
from domain.request_events import Filed
from domain.sentence import Verbatim
from domain.steps.assessment import Assess
from domain.steps.completeness import Completeness
from domain.steps.completeness_events import PiecesRequested
from domain.steps.decision import Decide
from domain.steps.pieces import Acknowledge, Correct, RequestPieces
from domain.steps.proposal import AnswerProposal, Propose, RecordReception
from domain.steps.request_effect import why_asked
from domain.steps.transmission import Transmit
from domain.withdrawal import Withdraw
from tests.domain.telling import Telling, plan, plan_with_proposal, when

NOTHING = [" ", "\u00a0\t", "\u200b\u200d", "\ufeff", "\n \u2060"]
"""Blanks, and signs that nobody sees."""


def rejected() -> Telling:
    """Filed on 30 November, rejected by silence on 1 March."""
    return Telling(plan("rejection", start="filed")).file("2026-11-30").wait("2027-03-02")


def last_request(telling: Telling) -> PiecesRequested:
    """The request just made."""
    event = telling.events[-1]
    assert isinstance(event, PiecesRequested)
    return event


def test_pieces_asked_for_after_an_implied_refusal_move_nothing_and_say_so() -> None:
    telling = rejected()
    before = telling.dossier.reckoning()
    asked = last_request(telling.do(RequestPieces(pieces={"certificat": "illisible"}), "2027-03-05"))

    assert not asked.moves_clock
    assert asked.why == "Le délai est fini depuis le 28/02/2027 : cette demande de pièces n'y change rien."
    assert not isinstance(why_asked(asked.why, asked.article), Verbatim), "it is said in other languages too"
    assert telling.dossier.reckoning() == before
    telling.provide("2027-03-08")
    assert telling.dossier.reckoning() == before


def test_pieces_asked_for_once_a_delay_without_effect_is_over_do_not_suspend_it() -> None:
    steps = (Completeness(), *plan().steps[1:])
    telling = Telling(plan("none", start="filed", months=1, steps=steps)).file("2026-11-30")
    assert "suspendu" in last_request(telling.request("2026-12-10", "2026-12-20")).why
    late = last_request(telling.request("2027-02-05", "2027-02-20"))
    assert (late.moves_clock, "n'y change rien" in late.why) == (False, True)


@pytest.mark.parametrize("signed", [True, False])
def test_a_complete_file_is_not_acknowledged_once_it_is_answered(signed: bool) -> None:  # noqa: FBT001 (pytest)
    answered = Telling(plan()).file("2026-11-30")
    answered = answered.grant("2026-12-15") if signed else rejected()
    with pytest.raises(Refused, match="accusé de réception : la"):
        answered.do(Acknowledge(), "2027-03-05")


def test_an_answered_request_is_not_corrected() -> None:
    """What silence granted was what had been asked for."""
    telling = Telling(plan()).file("2026-11-30").wait("2027-03-02")
    with pytest.raises(Refused, match="acceptée par le silence"):
        telling.do(Correct(form={"autre": True}), "2027-03-03")


def test_a_delay_that_is_over_is_not_prolonged() -> None:
    from_text = plan("none", start="filed", months=1, extension=Delay(months=1))
    assert from_text.extension is not None
    with pytest.raises(Refused, match="fini depuis"):
        Telling(from_text).file("2026-11-30").do(Extend(reasons="Enquête."), "2027-02-01")


def test_nothing_resumes_once_the_decision_is_signed() -> None:
    telling = Telling(plan()).file("2026-11-30").do(Suspend(reasons="Original."), "2026-12-02").grant("2026-12-10")
    with pytest.raises(Refused, match="plus rien à reprendre"):
        telling.do(Resume(), "2026-12-12")


def test_a_request_under_a_suspension_says_that_the_procedure_is_suspended_already() -> None:
    telling = Telling(plan("rejection", start="filed")).file("2026-11-30")
    telling.do(Suspend(reasons="Original."), "2026-12-02")
    asked = last_request(telling.request("2026-12-05", "2026-12-20"))
    assert asked.why.startswith("La procédure est déjà suspendue (CRPA R113-6). Le délai est suspendu")
    assert not isinstance(why_asked(asked.why, asked.article), Verbatim)


def test_a_delay_that_waits_for_its_acknowledgement_does_not_promise_to_start_from_the_last_piece() -> None:
    telling = Telling(plan("acceptance", start="acknowledged")).file("2026-11-30")
    assert "accusé de réception" in last_request(telling.request("2026-12-05", "2026-12-30")).why


def test_a_request_sent_on_after_an_implied_refusal_says_that_silence_has_spoken() -> None:
    said = rejected().do(Transmit(to="La métropole"), "2027-03-05").events[-1].in_french(plan("rejection"))
    assert "a déjà valu rejet le 28 février 2027" in said
    before = Telling(plan("rejection", start="filed")).file("2026-11-30").do(Transmit(to="La métropole"), "2026-12-05")
    assert "le délai court depuis le dépôt" in before.events[-1].in_french(plan("rejection"))


def test_only_what_a_mediator_filed_is_taken_over() -> None:
    with pytest.raises(Refused, match="Aucun médiateur"):
        Telling(plan()).file("2026-11-30", channel="online").do(TakeOver(), "2026-12-01")
    assert Telling(plan()).file("2026-11-30", channel="assisted").do(TakeOver(), "2026-12-01").dossier.taken_over


def test_a_filing_of_before_that_does_not_say_who_filed_may_still_be_taken_over() -> None:
    """Journals written earlier fold to what they were."""
    telling = Telling(plan())
    old = Filed(effective=when("2026-11-30"), form={}, channel="assisted")
    telling.events.append(old)
    telling.dossier = fold(plan(), [old])
    assert telling.dossier.came_by is None
    assert telling.do(TakeOver(), "2026-12-01").dossier.taken_over


@pytest.mark.parametrize("text", NOTHING)
def test_a_text_of_blanks_is_no_reason_anywhere(text: str) -> None:
    filed = Telling(plan("rejection", start="filed")).file("2026-11-30")
    with pytest.raises(Refused, match="motivée"):
        filed.do(Decide(outcome="non", reasons_law="Texte", reasons_fact=text), "2026-12-01")
    with pytest.raises(Refused, match="motivée"):
        filed.do(Suspend(reasons=text), "2026-12-01")
    with pytest.raises(Refused, match="vide"):
        filed.do(SendMessage(sender="agent", text=text), "2026-12-01")
    with pytest.raises(Refused, match="quelle autorité"):
        filed.do(Transmit(to=text), "2026-12-01")
    for optional in (
        RequestPieces(pieces={"certificat": text}),
        Withdraw(reason=text),
        Decide(outcome="oui", reasons_fact=text),
        Transmit(to="La métropole", reasons=text),
    ):
        with pytest.raises(Refused, match="ne contient que des espaces") as refused:
            filed.do(optional, "2026-12-01")
        assert refused.value.code == "reasons_missing"


def test_evidence_of_blanks_proves_nothing() -> None:
    filed = Telling(plan()).file("2026-11-30")
    with pytest.raises(Refused, match="preuve") as refused:
        filed.do(Withdraw(effective=when("2026-12-01"), channel="paper", evidence="\u200b "), "2026-12-03")
    assert refused.value.code == "evidence_missing"


def test_an_offer_that_asks_for_changes_without_a_word_is_refused_when_blank() -> None:
    telling = Telling(plan_with_proposal()).file("2026-11-30").do(Assess(findings={}), "2026-12-01")
    telling.do(Propose(content={}), "2026-12-02")
    with pytest.raises(Refused, match="espaces"):
        telling.do(AnswerProposal(answer="changes", text="  "), "2026-12-03")


def test_a_proposal_is_not_answered_once_the_decision_is_signed() -> None:
    """Nor does the person's silence on it undo what is signed."""
    telling = Telling(plan_with_proposal()).file("2026-11-30").do(Assess(findings={}), "2026-12-01")
    telling.do(Propose(content={}), "2026-12-02").do(RecordReception(), "2026-12-03").refuse("2026-12-04")
    with pytest.raises(Refused, match="n'attend plus de réponse : la décision est signée"):
        telling.do(AnswerProposal(answer="refused"), "2026-12-05")
    assert telling.wait("2026-12-30").dossier.status == "decided"


def test_what_was_asked_before_a_rejection_by_silence_is_over_what_is_asked_since_is_not() -> None:
    telling = Telling(plan("none", start="filed", stopped_by="decision")).file("2026-11-30")
    assert telling.request("2026-12-01", "2026-12-20").dossier.expected()
    before = Telling(plan("rejection", start="complete", months=1)).file("2026-11-30")
    before.request("2026-12-28", "2027-03-20", "photo").wait("2027-01-02")
    assert (before.dossier.status, before.dossier.expected()) == ("implied_rejection", ())
    assert [each.until.isoformat() for each in before.request("2027-01-05", "2027-01-25").dossier.expected()] == [
        "2027-01-25"
    ]
