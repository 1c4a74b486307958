"""A date entered wrong is corrected either way, the former kept; a year typed wrong is confirmed, or refused."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from domain.calendar import civil
from domain.correction import CorrectDate, DateCorrected
from domain.derivation import Recorded
from domain.effects import effects_of
from domain.entered import Of
from domain.explained.explanation import explain
from domain.filing import File
from domain.kernel import fold
from domain.refusals import Refused
from domain.serial import EVENT
from domain.steps.assessment import Assess
from domain.steps.notice import Notify
from domain.steps.payment import OrderPayment, RecordPayment
from domain.steps.pieces import ProvidePiece
from domain.steps.proposal import AnswerProposal, Propose, RecordReception
from tests.domain.telling import DOCUMENT, Telling, plan, plan_with_proposal, when
from tests.domain.telling_grants import granted

PAPER: dict[str, Any] = {"channel": "paper", "evidence": "Tampon du 20"}


def right(of: Of, on: str) -> CorrectDate:
    """The right date, with its proof."""
    return CorrectDate(of=of, effective=when(on), channel="registered_mail", evidence="AR 1A")


def on_paper(reception: str, entered: str, silence: str = "rejection", **more: Any) -> Telling:
    """Received on paper, with its certificate, and entered later."""
    pieces = {"certificat": (DOCUMENT,)}
    filed = File(form={}, pieces=pieces, effective=when(reception), **PAPER, **more)
    return Telling(plan(silence, start="filed" if silence == "rejection" else "complete")).do(filed, entered)


def born(telling: Telling) -> str:
    """When silence decides."""
    return str(telling.dossier.reckoning().born)


@pytest.mark.parametrize(("on", "silent"), [("2026-12-14", "2027-03-14"), ("2026-11-16", "2027-02-16")])
@pytest.mark.parametrize("silence", ["rejection", "acceptance"])
def test_a_filing_is_dated_anew_either_way_and_its_clock_with_it(silence: str, on: str, silent: str) -> None:
    telling = on_paper("2026-11-30", "2026-12-15", silence).do(right("filing", on), "2026-12-16")

    dossier = telling.dossier
    assert (dossier.filed, dossier.complete, dossier.competent) == (when(on),) * 3
    assert born(telling) == silent
    corrected = telling.events[-1]
    assert isinstance(corrected, DateCorrected)
    assert (corrected.was, corrected.evidence) == (when("2026-11-30"), "AR 1A")
    kinds = [effect.kind for effect in effects_of(dossier, corrected)]
    assert kinds == ["letter:date_corrected", "email:date_corrected", "tell:date_corrected", "webhook"]
    assert fold(dossier.plan, telling.events) == dossier


def test_pieces_entered_with_the_wrong_day_come_with_the_right_one() -> None:
    """The certificate of the same envelope; the delay starts with the last piece."""
    filed = File(form={}, effective=when("2026-01-20"), **PAPER)
    piece = ProvidePiece(piece="certificat", documents=(DOCUMENT,), effective=when("2026-01-20"), **PAPER)
    telling = Telling(plan()).do(filed, "2026-11-25").do(piece, "2026-11-25")
    assert telling.dossier.status == "implied_acceptance", "ten months ago, silence would have accepted"

    telling.do(right("filing", "2026-11-20"), "2026-11-26")
    assert telling.kinds()[-2:] == ["date_corrected", "silence_voided"]
    assert telling.dossier.status == "filed"
    assert telling.dossier.complete == telling.dossier.received["certificat"] == when("2026-11-20")
    assert born(telling) == "2027-02-20"


def test_a_year_typed_wrong_is_refused_or_confirmed() -> None:
    with pytest.raises(Refused, match="trop ancienne") as absurd:
        on_paper("1999-11-20", "2026-11-25")
    assert absurd.value.code == "effective_too_early"
    with pytest.raises(Refused, match="20 novembre 2025, remonte à plus d'un an") as old:
        on_paper("2025-11-20", "2026-11-25")
    assert old.value.code == "older_than_a_year"
    assert on_paper("2025-11-20", "2026-11-25", confirmed=True).dossier.filed == when("2025-11-20")
    assert on_paper("2025-11-26", "2026-11-25").dossier.filed == when("2025-11-26"), "within the year"


def test_the_journal_keeps_that_an_old_date_was_confirmed_and_says_so() -> None:
    """Of the fact alone, and only where it had to be; older entries say nothing of it."""
    telling = on_paper("2025-11-20", "2026-11-25", confirmed=True)
    assert [event.kind for event in telling.events if event.confirmed] == ["filed"]
    assert not any(event.confirmed for event in on_paper("2025-11-26", "2026-11-25", confirmed=True).events)

    entries = [Recorded(seq=n, event=e, recorded_at=when("2026-11-25")) for n, e in enumerate(telling.events, start=1)]
    first = explain(entries, telling.dossier, "resident")[0]
    assert "(date de plus d'un an, vérifiée et confirmée)" in first.sentence
    stored = EVENT.dump_python(telling.events[0], mode="json")
    assert EVENT.validate_python(stored) == telling.events[0]
    del stored["confirmed"]
    assert EVENT.validate_python(stored) == replace(telling.events[0], confirmed=False)


def test_a_payment_is_dated_anew_between_its_order_and_now() -> None:
    """The accountant's day, entered by an agent: the evidence is kept, the former date too."""
    telling = granted("20000.00").do(OrderPayment(part="avance"), "2027-02-15")
    with pytest.raises(Refused, match="avant d'avoir été ordonné"):
        telling.do(RecordPayment(part="avance", effective=when("2027-02-14"), **PAPER), "2027-03-01")
    telling.do(RecordPayment(part="avance", effective=when("2027-02-20"), **PAPER), "2027-03-01")
    assert telling.events[-1].evidence == PAPER["evidence"]

    anew: dict[str, Any] = {"of": "payment", "part": "avance", "channel": "paper", "evidence": "Relevé"}
    with pytest.raises(Refused, match="avant d'avoir été ordonné"):
        telling.do(CorrectDate(effective=when("2027-02-14"), **anew), "2027-03-02")
    with pytest.raises(Refused, match="rien à corriger"):
        telling.do(CorrectDate(effective=when("2027-02-14"), **anew | {"part": "solde"}), "2027-03-02")
    telling.do(CorrectDate(effective=when("2027-02-25"), **anew), "2027-03-02")

    (payment,) = telling.dossier.payments
    assert payment.paid == when("2027-02-25")
    said = telling.events[-1].in_french(telling.dossier.plan)
    assert said == "La date d'un paiement est corrigée (Avance) : le 25 février 2027, et non le 20 février 2027."
    entries = [Recorded(seq=n, event=e, recorded_at=e.effective) for n, e in enumerate(telling.events, start=1)]
    former = [
        line.key for line in explain(entries, telling.dossier, "agent") if "date corrigée depuis" in line.sentence
    ]
    assert former == ["paid"]


def test_every_fact_entered_late_is_held_to_the_same_years() -> None:
    telling = on_paper("2025-06-01", "2025-06-02").refuse("2025-06-20")
    with pytest.raises(Refused, match="plus d'un an"):
        telling.do(Notify(effective=when("2025-06-25"), **PAPER), "2026-11-25")
    telling.do(Notify(effective=when("2025-06-25"), confirmed=True, **PAPER), "2026-11-25")
    assert telling.dossier.decision is not None
    assert telling.dossier.decision.notified == when("2025-06-25")


def test_what_the_counter_dated_itself_is_not_corrected() -> None:
    with pytest.raises(Refused, match="établie par le guichet"):
        Telling(plan()).file("2026-11-30", channel="online").do(right("filing", "2026-11-20"), "2026-12-01")


@pytest.mark.parametrize("on", ["2026-12-12", "2026-12-20"])
def test_a_notification_is_dated_anew_either_way_and_one_date_is_shown(on: str) -> None:
    telling = on_paper("2026-11-30", "2026-12-01").refuse("2026-12-10").notify("2026-12-22", effective="2026-12-15")
    telling.do(right("decision", on), "2026-12-23")

    decision = telling.dossier.decision
    assert decision is not None
    assert decision.notified == when(on)
    entries = [Recorded(seq=n, event=e, recorded_at=e.effective) for n, e in enumerate(telling.events, start=1)]
    lines = explain(entries, telling.dossier, "resident")
    (former,) = [line for line in lines if line.key == "notified"]
    assert former.sentence.endswith("(date corrigée depuis)")
    assert any("est corrigée : le" in line.sentence for line in lines)


def test_a_notification_after_the_delay_lets_silence_decide_and_one_in_time_takes_it_back() -> None:
    telling = on_paper("2026-11-30", "2026-12-01", "acceptance").refuse("2027-02-20").notify("2027-02-24")
    telling.wait("2027-03-05")
    assert telling.dossier.status == "refused"

    telling.do(right("decision", "2027-03-02"), "2027-03-06")
    assert (telling.dossier.status, telling.kinds()[-1]) == ("implied_acceptance", "silence_took_effect")
    telling.do(right("decision", "2027-02-25"), "2027-03-07")
    assert (telling.dossier.status, telling.kinds()[-1]) == ("refused", "silence_voided")


def proposed() -> Telling:
    """A proposal received on 3 December, by post."""
    telling = Telling(plan_with_proposal()).file("2026-11-30").do(Assess(findings={}), "2026-12-01")
    telling.do(Propose(content={}), "2026-12-02")
    return telling.do(RecordReception(effective=when("2026-12-03"), **PAPER), "2026-12-04")


def test_a_proposal_received_later_than_thought_may_still_be_answered() -> None:
    telling = proposed().wait("2026-12-16")
    assert telling.dossier.status == "deemed_refused"

    telling.do(right("proposal", "2026-12-12"), "2026-12-17")
    assert telling.kinds()[-2:] == ["date_corrected", "silence_voided"]
    assert telling.dossier.status == "proposed"
    telling.do(AnswerProposal(answer="accepted"), "2026-12-18")
    assert telling.dossier.proposal is not None
    assert telling.dossier.proposal.answer == "accepted"


def test_a_proposal_received_earlier_than_thought_has_been_deemed_refused() -> None:
    assert proposed().do(right("proposal", "2026-12-02T18:00"), "2026-12-15").dossier.status == "deemed_refused"


@pytest.mark.parametrize(
    ("of", "on", "why"),
    [
        ("decision", "2026-12-09", "précède"),
        ("decision", "2026-12-15", "déjà celle"),
        ("filing", "2026-12-11", "suppose cette réception"),
        ("filing", "2026-12-30", "futur"),
        ("proposal", "2026-12-11", "rien à corriger"),
    ],
)
def test_a_date_that_cannot_be_is_refused(of: Of, on: str, why: str) -> None:
    telling = on_paper("2026-11-30", "2026-12-01").refuse("2026-12-10").notify("2026-12-22", effective="2026-12-15")
    with pytest.raises(Refused, match=why):
        telling.do(right(of, on), "2026-12-23")


def test_a_reception_cannot_come_after_what_was_asked_because_of_it() -> None:
    """Entered incomplete on the 26th, its receipt asked for the certificate that day: it was there by then."""
    filed = File(form={}, effective=when("2026-11-20"), **PAPER)
    telling = Telling(plan("rejection", start="filed")).do(filed, "2026-11-26")
    with pytest.raises(Refused, match="un acte du 26/11/2026"):
        telling.do(right("filing", "2026-11-27"), "2026-11-28")
    telling.do(right("filing", "2026-11-26T09:00"), "2026-11-28")
    assert telling.dossier.filed == when("2026-11-26T09:00")


def test_without_the_right_date_or_its_proof_nothing_is_corrected() -> None:
    telling = on_paper("2026-11-30", "2026-12-01")
    with pytest.raises(Refused, match="bonne date"):
        telling.do(CorrectDate(of="filing"), "2026-12-02")
    with pytest.raises(Refused, match="preuve"):
        telling.do(CorrectDate(of="filing", effective=when("2026-11-20"), channel="paper"), "2026-12-02")
    assert civil(telling.dossier.filed or when("2026-01-01")).isoformat() == "2026-11-30"
