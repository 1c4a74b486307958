"""From when the office is awaited: what queues show first, whatever the law makes happen by itself."""

from __future__ import annotations

from domain.calendar import Delay
from domain.deadlines import awaited_at
from domain.non_delivery import GiveUpNotice
from domain.revocation_acts import Revoke
from domain.steps.assessment import Assessment
from domain.steps.completeness import Completeness
from domain.steps.decision import Decision
from domain.steps.notice import MakeNoticeAvailable, Notice
from tests.domain.telling import Telling, plan, plan_with_proposal, when

STEPS = (
    Completeness(acknowledge_within=Delay(days=10)),
    Assessment(within=Delay(days=30)),
    Decision(),
    Notice(),
)


def test_a_signed_decision_is_awaited_from_its_signature_until_it_is_notified() -> None:
    signed = Telling(plan("rejection", stopped_by="decision")).file("2026-11-30").refuse("2026-12-15")
    assert awaited_at(signed.dossier) == when("2026-12-15")
    assert awaited_at(signed.notify("2026-12-18").dossier) is None


def test_a_withdrawal_that_nobody_was_told_is_awaited_too() -> None:
    telling = Telling(plan()).file("2026-11-30").grant("2026-12-15").notify("2026-12-18")
    taken = Revoke(ground="asked", reasons_law="CASF", reasons_fact="Erreur.", request="Lettre")
    assert awaited_at(telling.do(taken, "2026-12-20").dossier) == when("2026-12-20")
    assert awaited_at(telling.notify("2026-12-22").dossier) is None


def test_a_provisional_aid_awaits_its_decision_from_its_first_day() -> None:
    telling = Telling(plan_with_proposal()).file("2026-11-30").wait("2027-02-15")
    assert awaited_at(telling.dossier) == when("2027-01-31T00:00")


def test_each_delay_that_a_text_gives_the_office_counts() -> None:
    """Ten days to acknowledge, thirty to assess: the first one not kept."""
    telling = Telling(plan(steps=STEPS)).file("2026-11-30")
    assert awaited_at(telling.dossier) == when("2026-12-11T00:00")


def test_once_silence_has_answered_no_step_is_awaited() -> None:
    for silence in ("acceptance", "rejection"):
        told = Telling(plan(silence, stopped_by="decision", steps=STEPS)).file("2026-11-30")
        assert awaited_at(told.dossier) is not None
        assert awaited_at(told.wait("2027-03-02").dossier) is None


def test_where_silence_decides_nothing_the_end_of_the_delay_is_late_all_the_same() -> None:
    telling = Telling(plan("none", steps=STEPS[2:])).file("2026-11-30")
    assert awaited_at(telling.dossier) == when("2027-03-01T00:00")
    assert awaited_at(telling.grant("2027-01-05").notify("2027-01-06").dossier) is None


def test_a_notice_that_reached_nobody_is_awaited_by_post() -> None:
    """Announced, it waits for the person; given up, for the office again."""
    signed = Telling(plan()).file("2026-11-30", electronic_notice=True).refuse("2026-12-15")
    seq = signed.dossier.seq
    signed.do(MakeNoticeAvailable(of="decision", target=seq), "2026-12-15T13:00")
    assert awaited_at(signed.dossier) != when("2026-12-15")
    signed.do(GiveUpNotice(target=seq, why="refused"), "2026-12-16")
    assert awaited_at(signed.dossier) == when("2026-12-15")
