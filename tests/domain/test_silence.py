"""Silence takes effect at its legal instant, whatever anybody does a millisecond later."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from domain.calendar import midnight
from domain.kernel import act, next_due, settle
from domain.refusals import Refused
from domain.silence import SilenceTookEffect
from domain.steps.decision import Decide
from domain.steps.notice import Notify
from tests.domain.telling import Telling, plan, when


def test_nobody_acts_and_the_acceptance_is_born_at_midnight_in_paris() -> None:
    """Complete on 30 November 2026, three months: born at the end of 28 February 2027 and dated so (CE 417292)."""
    telling = Telling(plan()).file("2026-11-30").wait("2027-03-05")

    silence = next(e for e in telling.events if isinstance(e, SilenceTookEffect))
    assert silence.effective == midnight(when("2027-03-01").date())
    assert silence.dated == telling.dossier.reckoning().born == date(2027, 2, 28)
    assert telling.dossier.status == "implied_acceptance"
    assert telling.kinds().count("silence_took_effect") == 1


def test_one_millisecond_before_the_instant_nothing_has_happened() -> None:
    """The last day ends at 24 h."""
    dossier = Telling(plan()).file("2026-11-30").dossier
    due = next_due(dossier)
    assert due is not None

    assert settle(dossier, due.at - timedelta(milliseconds=1)) == ()
    assert [e.kind for e in settle(dossier, due.at)] == ["silence_took_effect"]


@pytest.mark.parametrize(("offset", "status"), [(-1, "refused"), (0, "implied_acceptance"), (1, "implied_acceptance")])
def test_a_notification_races_the_instant(offset: int, status: str) -> None:
    """T − 1 ms stops the clock; T and T + 1 ms meet the acceptance, and the act is refused."""
    telling = Telling(plan()).file("2026-11-30").refuse("2027-02-20")
    due = next_due(telling.dossier)
    assert due is not None
    at = due.at + timedelta(milliseconds=offset)

    if offset < 0:
        dossier, _ = act(telling.dossier, Notify(), at)
    else:
        with pytest.raises(Refused, match="L421-6"):
            act(telling.dossier, Notify(), at)
        dossier = telling.wait("2027-03-02").dossier
    assert dossier.status == status


def test_a_refusal_signed_in_time_but_notified_late_meets_the_acceptance() -> None:
    """CASF L421-6: the delay is stopped by notification, not by signature."""
    telling = Telling(plan()).file("2026-11-30").refuse("2027-02-28T16:00")

    with pytest.raises(Refused, match="L421-6") as refusal:
        telling.notify("2027-03-01T09:00")

    assert "L242-1" in refusal.value.what_to_do
    assert telling.wait("2027-03-01").dossier.status == "implied_acceptance"


def test_a_refusal_after_the_acceptance_is_refused_with_what_may_still_be_done() -> None:
    """Withdrawal within four months, after a contradictory procedure (CRPA L242-1, L122-1)."""
    with pytest.raises(Refused, match="28/06/2027"):
        Telling(plan()).file("2026-11-30").refuse("2027-03-02")


def test_an_express_decision_still_comes_after_an_implied_rejection() -> None:
    """It replaces the implied one, with its own notice."""
    telling = Telling(plan("rejection", stopped_by="decision")).file("2026-11-30").wait("2027-03-02")
    assert telling.dossier.status == "implied_rejection"

    assert telling.grant("2027-03-10").dossier.status == "decided"
    assert telling.notify("2027-03-12").dossier.status == "granted"


def test_the_provisional_effect_ends_at_the_notification_of_the_express_decision() -> None:
    """CASF R232-29: the express decision is still due."""
    telling = Telling(plan("provisional")).file("2026-11-30").wait("2027-03-02")
    assert telling.dossier.status == "provisional"

    assert telling.grant("2027-03-10").notify("2027-03-12").dossier.status == "granted"


def test_silence_without_effect_makes_nothing_happen() -> None:
    """`none` has no birth."""
    assert Telling(plan("none")).file("2026-11-30").wait("2030-01-01").dossier.status == "filed"


def test_a_signature_in_time_stops_a_clock_stopped_by_decision() -> None:
    """`acces-documents`: signed on the last day, notified later, no implied refusal."""
    telling = Telling(plan("rejection", stopped_by="decision")).file("2026-11-30").refuse("2027-02-28T23:59")

    assert telling.wait("2027-04-01").dossier.status == "decided"
    assert "silence_took_effect" not in telling.kinds()


def test_a_notification_known_late_voids_the_silence() -> None:
    """Nothing is rewritten: the register appends what it now knows, with its evidence."""
    telling = Telling(plan()).file("2026-11-30").refuse("2027-02-26").wait("2027-03-01")
    telling.notify("2027-03-03", effective="2027-02-27")

    assert telling.kinds()[-2:] == ["notified", "silence_voided"]
    assert telling.dossier.status == "refused"
    assert telling.wait("2027-12-01").kinds().count("silence_took_effect") == 1


def test_a_refusal_without_reasons_is_refused() -> None:
    """CRPA L211-2, L211-5."""
    with pytest.raises(Refused, match="L211-5"):
        Telling(plan()).file("2026-11-30").do(Decide(outcome="non", reasons_law="Texte."), "2026-12-10")
