"""A decision put right: cancelled before anybody was told, rectified, withdrawn once the person was heard (L242-1)."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from uuid import UUID

import pytest

from domain.before_notification import held_back
from domain.calendar import Delay, civil
from domain.clock.second_opinion import audit
from domain.contest import LodgeAppeal
from domain.dossier import Dossier
from domain.effects import effects_of, stands
from domain.kernel import fold
from domain.plan import Appeal
from domain.rectification import CancelDecision, Rectify
from domain.refusals import Refused
from domain.remedies import remedies
from domain.revocation_acts import GiveObservations, IntendRevocation, Revoke
from domain.states import Ground
from domain.steps.notice import MakeNoticeAvailable, ReadNotice
from domain.steps.payment import Payment
from tests.domain.telling import Telling, plan, plan_with_proposal, when

APPEAL = UUID(int=9)
PRIOR = Appeal(
    kind="rapo", title="Recours préalable", before="le président", within=Delay(months=2), mandatory_first=True
)


def because(ground: Ground = "illegal", **more: Any) -> Revoke:
    """A withdrawal with its reasons."""
    return Revoke(ground=ground, reasons_law="CASF L421-3", reasons_fact="Logement dangereux.", **more)


def intended(ground: Ground = "illegal", **more: Any) -> IntendRevocation:
    """The letter that asks for observations."""
    return IntendRevocation(ground=ground, reasons="Le logement est dangereux.", **more)


def accepted(**more: Any) -> Telling:
    """Filed on 30 November 2026; accepted by silence, whose last day is 28 February 2027."""
    return Telling(plan(**more)).file("2026-11-30").wait("2027-03-02")


def granted(**more: Any) -> Telling:
    """Granted and notified in time."""
    return Telling(plan(**more)).file("2026-11-30").grant("2026-12-15").notify("2026-12-18")


def kinds(telling: Telling) -> list[str]:
    """The effects of the last event."""
    return [effect.kind for effect in effects_of(telling.dossier, telling.events[-1])]


def the_same_by_other_means(dossier: Dossier) -> None:
    """The ledger alone says when the delay ends."""
    facts = [dated.fact for dated in dossier.facts]
    assert audit(dossier.plan.clock, facts, dossier.reckoning()) == ()


def test_an_acceptance_by_silence_is_withdrawn_after_the_person_answered() -> None:
    telling = accepted(attestation="on_request").do(intended(), "2027-03-03")
    assert kinds(telling) == ["letter:revocation_intended", "email:revocation_intended", "webhook"]
    telling.do(GiveObservations(text="Les travaux sont faits."), "2027-03-10")
    assert "tell:observations_given" in kinds(telling)
    telling.do(because(), "2027-03-20")

    assert kinds(telling) == ["letter:revocation", "notice:revocation", "webhook"]
    assert telling.events[-1].article == "CRPA L242-1, L121-1, L122-1"
    dossier = telling.dossier
    assert (dossier.silence, dossier.status) == (None, "decided")
    assert telling.notify("2027-03-25").dossier.status == "revoked"
    assert fold(dossier.plan, telling.events) == telling.dossier


def test_the_delay_runs_again_whole_from_the_withdrawal() -> None:
    """So that nobody is left without an answer; a silence may decide anew, and is never the old one."""
    telling = accepted().do(intended("fraud"), "2027-03-03").do(because("fraud"), "2027-04-20").notify("2027-04-22")

    reckoning = telling.dossier.reckoning()
    assert (str(reckoning.started), str(reckoning.expires)) == ("2027-04-20", "2027-07-20")
    the_same_by_other_means(telling.dossier)
    assert telling.wait("2027-07-20T23:59").dossier.status == "revoked"
    assert telling.wait("2027-07-21").dossier.status == "implied_acceptance"


@pytest.mark.parametrize("on", ["2027-03-05", "2027-03-18T23:59"])
def test_nothing_is_withdrawn_while_the_person_may_still_answer(on: str) -> None:
    """Fifteen days when the letter says nothing else (CRPA L122-1); then silence is an answer too."""
    telling = accepted().do(intended(), "2027-03-03")
    with pytest.raises(Refused, match="jusqu'au 18 mars 2027"):
        telling.do(because(), on)
    assert telling.do(because(), "2027-03-19").dossier.revocation is not None


def test_nothing_is_withdrawn_from_who_was_not_asked_nor_on_another_ground_than_they_were_told() -> None:
    with pytest.raises(Refused, match="L121-1, L122-1"):
        accepted().do(because(), "2027-03-05")
    with pytest.raises(Refused, match="sur ce motif"):
        accepted().do(intended("fraud"), "2027-03-03").do(because("illegal"), "2027-04-10")


def test_who_asked_to_be_heard_is_heard_first() -> None:
    telling = accepted().do(intended(), "2027-03-03").do(GiveObservations(text="", to_be_heard=True), "2027-03-10")
    with pytest.raises(Refused, match="demandé à être entendue"):
        telling.do(because(), "2027-03-20")
    with pytest.raises(Refused, match="de la lettre à aujourd'hui"):
        telling.do(because(heard_on=civil(when("2027-02-20"))), "2027-03-20")
    assert telling.do(because(heard_on=civil(when("2027-03-19"))), "2027-03-20").dossier.silence is None


def test_four_months_from_the_day_that_the_acceptance_bears() -> None:
    """28 February, its last day (docs/law/delais.md): 28 June is the last one; a fraud has no limit (CRPA L241-2)."""
    before = accepted().do(intended(until=civil(when("2027-06-15"))), "2027-06-01")
    assert before.do(because(), "2027-06-28").dossier.revocation is not None
    with pytest.raises(Refused, match="28 juin 2027"):
        accepted().do(intended(), "2027-06-29")
    assert accepted().do(intended("fraud"), "2028-06-29").do(because("fraud"), "2028-08-01").dossier.revocation


def test_the_time_to_answer_ends_before_the_four_months_and_leaves_a_week() -> None:
    with pytest.raises(Refused, match="finit trop tard"):
        accepted().do(intended(), "2027-06-20")
    with pytest.raises(Refused, match="huit jours"):
        accepted().do(intended(until=civil(when("2027-03-06"))), "2027-03-03")


def test_a_mandatory_appeal_that_is_pending_lets_it_be_withdrawn_later() -> None:
    """CRPA L242-5."""
    telling = granted(appeals=(PRIOR,))
    lodged = LodgeAppeal(appeal=APPEAL, of="rapo", filed=when("2027-02-10"))
    telling.do(lodged, "2027-02-10").do(intended(), "2027-04-20")
    assert telling.do(because(), "2027-05-10").dossier.decision is None
    with pytest.raises(Refused, match="4 mois"):
        granted(appeals=(PRIOR,)).do(intended(), "2027-04-20")


@pytest.mark.parametrize("ground", ["asked", "better"])
def test_at_the_persons_request_nobody_is_asked_and_the_request_is_proved(ground: Ground) -> None:
    """CRPA L242-3, L242-4, L121-1: what rules on a request needs no hearing."""
    with pytest.raises(Refused, match="preuve de sa demande"):
        granted().do(because(ground), "2027-01-10")
    with pytest.raises(Refused, match="elle-même"):
        granted().do(intended(ground), "2027-01-10")
    assert granted().do(because(ground, request="Lettre du 5 janvier"), "2027-01-10").dossier.decision is None


def test_only_a_grant_is_withdrawn_because_its_conditions_were_not_met() -> None:
    with pytest.raises(Refused, match="subvention") as refused:
        granted().do(intended("conditions"), "2027-01-10")
    assert "L242-2" in refused.value.article


def test_what_gave_no_right_is_not_withdrawn() -> None:
    """A refusal, a rejection, the provisional aid, what is only signed."""
    refused = Telling(plan()).file("2026-11-30").refuse("2026-12-15").notify("2026-12-18")
    rejected = Telling(plan("rejection", stopped_by="decision")).file("2026-11-30").wait("2027-03-02")
    provisional = Telling(plan_with_proposal()).file("2026-11-30").wait("2027-03-02")
    signed = Telling(plan("rejection", stopped_by="decision")).file("2026-11-30").grant("2026-12-15")
    for telling in (refused, rejected, provisional, signed):
        with pytest.raises(Refused, match="favorable"):
            telling.do(intended(), "2027-03-03")


def test_a_withdrawal_gives_its_reasons() -> None:
    asked = Revoke(ground="asked", reasons_law="CASF", reasons_fact=" ", request="Lettre")
    with pytest.raises(Refused, match="L211-2, L211-5"):
        granted().do(asked, "2027-01-10")


def test_it_opens_appeals_of_its_own() -> None:
    """From its notification, whatever was lodged against what it withdraws."""
    telling = granted(appeals=(PRIOR,))
    telling.do(LodgeAppeal(appeal=APPEAL, of="rapo", filed=when("2027-01-05")), "2027-01-05")
    telling.do(because("asked", request="Lettre"), "2027-01-20")
    assert remedies(telling.dossier, when("2027-01-21")) == ()
    (way,) = remedies(telling.notify("2027-01-25").dossier, when("2027-01-26"))
    assert (way.state, str(way.until)) == ("open", "2027-03-25")


def test_it_is_told_by_its_notice_and_not_before() -> None:
    telling = Telling(plan()).file("2026-11-30", electronic_notice=True).grant("2026-12-15")
    signed = telling.dossier.decision
    assert signed is not None
    telling.do(MakeNoticeAvailable(of="decision", target=signed.seq), "2026-12-15T13:00")
    telling.do(because("asked", request="Lettre"), "2026-12-20")
    event, made = telling.events[-1], telling.dossier.revocation
    assert made is not None
    assert held_back(event, telling.dossier, "resident")
    assert not stands(telling.dossier, "letter:decision", signed.seq)
    telling.do(MakeNoticeAvailable(of="revocation", target=made.seq), "2026-12-20T13:00")
    telling.do(ReadNotice(target=signed.seq), "2026-12-21")
    assert telling.dossier.status == "decided", "opening what was withdrawn notifies nothing"
    telling.do(ReadNotice(target=made.seq), "2026-12-22")
    assert telling.dossier.status == "revoked"
    assert not held_back(event, telling.dossier, "resident")


def test_a_new_decision_follows() -> None:
    telling = granted().do(because("asked", request="Lettre"), "2027-01-10").notify("2027-01-12")
    assert telling.refuse("2027-01-20").notify("2027-01-25").dossier.status == "refused"


def test_a_decision_signed_by_mistake_is_cancelled_while_nobody_was_told() -> None:
    telling = Telling(plan()).file("2026-11-30").refuse("2026-12-15")
    signed, seq = telling.events[-1], telling.dossier.seq
    telling.do(CancelDecision(reasons="Celui d'une autre demande."), "2026-12-16")

    assert telling.dossier.status == "filed"
    assert "tell:do_not_post" in kinds(telling), "whoever was told to post its letter is told not to"
    assert not any(stands(telling.dossier, kind, seq) for kind in ("letter:decision", "notice:decision"))
    assert held_back(signed, telling.dossier, "resident"), "the person never learns what it said"
    again = telling.grant("2026-12-20").notify("2026-12-22")
    assert again.dossier.status == "granted"
    assert held_back(signed, again.dossier, "resident")


def test_a_decision_that_somebody_was_told_is_not_cancelled() -> None:
    with pytest.raises(Refused, match="L221-8"):
        granted().do(CancelDecision(reasons="Erreur."), "2026-12-20")
    available = Telling(plan()).file("2026-11-30", electronic_notice=True).refuse("2026-12-15")
    available.do(MakeNoticeAvailable(of="decision", target=available.dossier.seq), "2026-12-15T13:00")
    with pytest.raises(Refused, match="à la disposition"):
        available.do(CancelDecision(reasons="Erreur."), "2026-12-16")


def test_a_cancellation_never_makes_silence_decide_in_the_past() -> None:
    late = Telling(plan("rejection", stopped_by="decision")).file("2026-11-30").grant("2027-02-20")
    with pytest.raises(Refused, match="dans le passé"):
        late.do(CancelDecision(reasons="Erreur."), "2027-03-05")


def test_a_clerical_error_is_put_right_and_moves_no_date() -> None:
    telling = granted(appeals=(replace(PRIOR, mandatory_first=False),))
    before = remedies(telling.dossier, when("2027-01-01"))
    telling.do(Rectify(error="1890", instead="1980"), "2027-01-01")

    assert kinds(telling)[:2] == ["letter:rectification", "email:rectification"]
    decision = telling.dossier.decision
    assert decision is not None
    assert [(one.error, one.instead) for one in decision.rectified] == [("1890", "1980")]
    assert remedies(telling.dossier, when("2027-01-01")) == before
    assert telling.dossier.status == "granted"


def test_what_nobody_was_told_is_cancelled_rather_than_rectified() -> None:
    with pytest.raises(Refused, match="pas encore notifiée") as refused:
        Telling(plan()).file("2026-11-30").grant("2026-12-15").do(Rectify(error="a", instead="b"), "2026-12-16")
    assert "Annulez-la" in refused.value.what_to_do
    with pytest.raises(Refused, match="ce qu'il faut lire"):
        granted().do(Rectify(error="a", instead="  "), "2027-01-01")


def test_a_withdrawal_that_is_only_thought_of_ends_with_its_time() -> None:
    """Nobody stays for ever under a threat: the person is told that what they have is theirs."""
    telling = granted().do(intended(), "2027-02-01")
    assert not telling.dossier.closed, "the person may still answer"
    telling.wait("2027-04-16")
    assert (telling.events[-1].kind, telling.dossier.status, telling.dossier.closed) == (
        "revocation_lapsed",
        "granted",
        True,
    )
    assert kinds(telling) == ["email:revocation_lapsed", "tell:revocation_lapsed", "webhook"]
    fraud = accepted().do(intended("fraud"), "2027-03-03").wait("2027-07-03T23:59")
    assert fraud.dossier.intended is not None
    assert fraud.wait("2027-07-04").dossier.intended is None


@pytest.mark.parametrize("command", [IntendRevocation, Revoke])
def test_the_grounds_that_nobody_is_offered_are_those_always_refused(command: type[IntendRevocation | Revoke]) -> None:
    """Where they are offered, they are admitted."""
    grant = granted(steps=(*plan().steps, Payment()))

    assert command.never(plan()) == {"conditions"}
    assert command.never(grant.dossier.plan) == frozenset()
    with pytest.raises(Refused, match="Seule une subvention"):
        granted().do(intended("conditions"), "2027-01-01")
    assert grant.do(intended("conditions"), "2027-01-01").events[-1].kind == "revocation_intended"
