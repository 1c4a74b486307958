"""What silence or a decision has answered is withdrawn no more; giving up a right is another act (CRPA L242-3, -4)."""

from __future__ import annotations

import pytest

from domain.effects import effects_of
from domain.kernel import next_due
from domain.plan import Plan
from domain.refusals import Refused
from domain.renunciation import Renounce
from domain.steps.payment import OrderPayment
from domain.withdrawal import Withdraw
from tests.domain.telling import Telling, plan, plan_with_proposal, when
from tests.domain.telling_grants import granted

POSTED = {"channel": "paper", "evidence": "Courrier 12"}


def accepted() -> Telling:
    """Filed on 30 November, accepted by silence on 1 March."""
    return Telling(plan()).file("2026-11-30").wait("2027-03-02")


@pytest.mark.parametrize("silence", ["acceptance", "provisional", "rejection"])
def test_a_request_that_silence_answered_is_not_withdrawn(silence: str) -> None:
    telling = Telling(plan(silence, start="filed")).file("2026-11-30").wait("2027-03-02")
    before = telling.dossier.status
    with pytest.raises(Refused, match=r"par le silence|Le silence") as refused:
        telling.do(Withdraw(), "2027-03-05")
    assert ("L242-3" in refused.value.sentence) is (silence != "rejection")
    assert telling.dossier.status == before


def test_a_decision_signed_says_where_to_renounce_only_when_it_grants() -> None:
    for signed in (Telling(plan()).file("2026-11-30").grant, Telling(plan()).file("2026-11-30").refuse):
        telling = signed("2026-12-15")
        with pytest.raises(Refused, match="ne peut plus être retirée") as refused:
            telling.do(Withdraw(), "2026-12-16")
        decision = telling.dossier.decision
        assert decision is not None
        assert ("L242-3" in refused.value.sentence) is decision.favourable


def test_a_letter_of_withdrawal_that_came_before_the_silence_still_withdraws() -> None:
    telling = accepted().do(Withdraw(effective=when("2027-02-20"), channel="paper", evidence="Tampon"), "2027-03-05")
    assert (telling.dossier.status, telling.kinds()[-1]) == ("withdrawn", "silence_voided")


def test_what_silence_granted_is_given_up_with_a_letter_and_nothing_is_due_after() -> None:
    telling = accepted().do(Renounce(reason="Je déménage."), "2027-03-05")

    assert (telling.dossier.status, telling.dossier.closed, next_due(telling.dossier)) == ("renounced", True, None)
    kinds = [effect.kind for effect in effects_of(telling.dossier, telling.events[-1])]
    assert kinds == ["letter:renunciation", "email:renounced", "tell:renounced", "webhook"]
    with pytest.raises(Refused, match="déjà renoncé"):
        telling.do(Renounce(), "2027-03-06")
    with pytest.raises(Refused, match="clos"):
        telling.grant("2027-03-07")


def test_a_decision_is_given_up_once_it_reached_the_person() -> None:
    telling = Telling(plan()).file("2026-11-30").grant("2026-12-15")
    with pytest.raises(Refused, match="pas de droit"):
        telling.do(Renounce(), "2026-12-16")
    telling.notify("2026-12-17").do(Renounce(), "2026-12-18")
    assert telling.dossier.status == "renounced"


def test_a_provisional_aid_is_given_up_too() -> None:
    telling = Telling(plan_with_proposal()).file("2026-11-30").wait("2027-02-02").do(Renounce(), "2027-02-05")
    assert telling.dossier.status == "renounced"


@pytest.mark.parametrize("of", [plan(), plan("rejection"), plan("none")])
def test_without_a_right_there_is_nothing_to_renounce(of: Plan) -> None:
    for telling in (Telling(of).file("2026-11-30"), Telling(of).file("2026-11-30").refuse("2026-12-10")):
        with pytest.raises(Refused, match="pas de droit"):
            telling.do(Renounce(), "2026-12-15")
    rejected = Telling(plan("rejection")).file("2026-11-30").wait("2027-06-01")
    with pytest.raises(Refused, match="pas de droit"):
        rejected.do(Renounce(), "2027-06-02")


def test_a_refusal_that_came_too_late_leaves_the_right_to_be_given_up() -> None:
    late = Telling(plan()).file("2026-11-30").refuse("2027-02-20").wait("2027-03-02").do(Renounce(), "2027-03-05")
    assert late.dossier.status == "renounced"


def test_money_already_ordered_is_for_the_office_to_tell() -> None:
    telling = granted("5000.00").do(OrderPayment(part="avance"), "2027-02-15")
    with pytest.raises(Refused, match="paiement est déjà ordonné"):
        telling.do(Renounce(), "2027-02-16")


def test_a_letter_cannot_renounce_what_was_not_there_yet() -> None:
    with pytest.raises(Refused, match="ne peut précéder") as refused:
        accepted().do(Renounce(effective=when("2027-02-26"), **POSTED), "2027-03-09")  # type: ignore[arg-type]
    assert "retrait" in refused.value.sentence
