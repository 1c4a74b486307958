"""Once granted: the convention is signed by both, the parts are paid in order, the report is given."""

from __future__ import annotations

from datetime import date

import pytest

from domain.effects import reminders
from domain.refusals import Refused
from domain.steps.convention import SendConvention, SignConvention
from domain.steps.payment import OrderPayment, RecordPayment
from domain.steps.report import GiveReport, Report
from tests.domain.telling import DOCUMENT, Telling, when
from tests.domain.telling_grants import granted, voted


def _signed(amount: str = "30000.00") -> Telling:
    telling = granted(amount).do(SendConvention(), "2027-02-15")
    telling.do(SignConvention(party="beneficiary"), "2027-02-20")
    return telling.do(SignConvention(party="authority"), "2027-02-22")


def _closed(telling: Telling) -> bool:
    return telling.dossier.closed


def test_a_grant_is_open_until_everything_that_follows_is_done() -> None:
    """Seventy per cent at the signature, the rest after the report: then the dossier is closed."""
    telling = _signed().do(OrderPayment(part="avance"), "2027-02-23").do(RecordPayment(part="avance"), "2027-02-28")
    assert _closed(telling) is False
    with pytest.raises(Refused, match="Compte rendu"):
        telling.do(OrderPayment(part="solde"), "2027-03-01")
    telling.do(GiveReport(documents=(DOCUMENT,)), "2027-11-02").do(OrderPayment(part="solde"), "2027-11-03")
    telling.do(RecordPayment(part="solde"), "2027-11-10")

    assert [payment.amount for payment in telling.dossier.payments] == ["21000.00", "9000.00"]
    assert _closed(telling) is True
    assert telling.dossier.status == "granted"


def test_a_refusal_is_closed_at_its_notification() -> None:
    """Nothing follows it."""
    assert voted(adopted=False).refuse("2027-02-10").notify("2027-02-12").dossier.closed


def test_no_convention_is_needed_up_to_the_threshold() -> None:
    """23 000 euros need none; one cent more does."""
    telling = granted("23000.00")
    with pytest.raises(Refused, match="Aucune convention"):
        telling.do(SendConvention(), "2027-02-15")
    telling.do(OrderPayment(part="avance"), "2027-02-15")
    with pytest.raises(Refused, match="Convention"):
        granted("23000.01").do(OrderPayment(part="avance"), "2027-02-15")


def test_each_party_signs_once_what_was_sent() -> None:
    with pytest.raises(Refused, match="pas encore à signer"):
        granted().do(SignConvention(party="authority"), "2027-02-15")
    with pytest.raises(Refused, match="déjà signé"):
        _signed().do(SignConvention(party="authority"), "2027-02-23")
    with pytest.raises(Refused, match="déjà à signer"):
        _signed().do(SendConvention(), "2027-02-23")


def test_shares_add_up_to_the_cent() -> None:
    """The last part takes what rounding left: 70 % of 0.05 is 0.04 (half up), 0.01 remains."""
    telling = granted("0.05").do(OrderPayment(part="avance"), "2027-02-15")
    telling.do(GiveReport(documents=(DOCUMENT,)), "2027-03-01").do(OrderPayment(part="solde"), "2027-03-02")

    assert [payment.amount for payment in telling.dossier.payments] == ["0.04", "0.01"]


def test_a_part_is_ordered_once_then_paid_once() -> None:
    telling = _signed().do(OrderPayment(part="avance"), "2027-02-23")
    for command, why in (
        (OrderPayment(part="avance"), "déjà ordonnée"),
        (OrderPayment(part="bonus"), "n'est pas une part"),
        (RecordPayment(part="solde"), "n'attend"),
    ):
        with pytest.raises(Refused, match=why):
            telling.do(command, "2027-02-24")


def test_the_report_is_due_six_months_after_the_project_s_end() -> None:
    """30 June, six months: 30 December; reminded a month before, and again to the service once late."""
    dossier = granted().dossier
    step = dossier.plan.step_of("report")
    assert isinstance(step, Report)
    assert step.last_day(dossier) == date(2027, 12, 30)
    told = {reminder.kind: reminder.at for reminder in reminders(dossier)}
    assert told["email:report_due"] == when("2027-11-30T00:00")
    assert told["tell:report_late"] == when("2027-12-31T00:00")


def test_a_report_comes_once_with_its_documents() -> None:
    with pytest.raises(Refused, match="document"):
        granted().do(GiveReport(documents=()), "2027-03-01")
    with pytest.raises(Refused, match="déjà reçu"):
        granted().do(GiveReport(documents=(DOCUMENT,)), "2027-03-01").do(
            GiveReport(documents=(DOCUMENT,)), "2027-03-02"
        )
