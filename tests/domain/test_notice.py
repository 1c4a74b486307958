"""Electronic notices: read, or deemed given on the day they were made available (CRPA R112-17 to 20)."""

from __future__ import annotations

import pytest

from domain.effects import reminders
from domain.kernel import next_due
from domain.last_useful_day import last_useful_days
from domain.non_delivery import GiveUpNotice, on_its_way
from domain.refusals import Refused
from domain.steps.notice import MakeNoticeAvailable, Notify, ReadNotice
from tests.domain.telling import Telling, plan, when


def _refused(available: str) -> Telling:
    telling = Telling(plan()).file("2026-11-30", electronic_notice=True).refuse(available)
    assert telling.dossier.decision is not None
    return telling.do(MakeNoticeAvailable(of="decision", target=telling.dossier.decision.seq), available)


def _target(telling: Telling) -> int:
    assert telling.dossier.decision is not None
    return telling.dossier.decision.seq


def test_read_in_time_it_stops_the_clock() -> None:
    """Notified at its first reading."""
    telling = _refused("2027-02-20")
    assert telling.do(ReadNotice(target=_target(telling)), "2027-02-22").dossier.status == "refused"


def test_unread_at_the_due_instant_silence_is_undetermined() -> None:
    """It may still be deemed given in time (à confirmer)."""
    telling = _refused("2027-02-20").wait("2027-03-02")

    assert telling.dossier.status == "decided"
    due = next_due(telling.dossier)
    assert due is not None
    assert (due.kind, due.at) == ("notice_deemed", when("2027-03-08T00:00"))


def test_deemed_given_on_the_day_it_was_available_silence_never_happened() -> None:
    """Fifteen days unread."""
    telling = _refused("2027-02-20").wait("2027-03-10")

    assert telling.dossier.status == "refused"
    assert telling.dossier.decision is not None
    assert telling.dossier.decision.notified == when("2027-02-20")
    assert "silence_took_effect" not in telling.kinds()


def test_read_after_the_due_instant_the_acceptance_was_acquired_there() -> None:
    """At its own instant, not at the reading; a refusal so read notifies nothing."""
    telling = _refused("2027-02-20")
    telling.do(ReadNotice(target=_target(telling)), "2027-03-03")

    assert telling.dossier.status == "implied_acceptance"
    assert telling.kinds()[-2:] == ["notice_read", "silence_took_effect"]
    assert telling.events[-1].effective == when("2027-03-01T00:00")


def test_without_consent_no_electronic_notice() -> None:
    """CRPA L112-15: express prior agreement."""
    telling = Telling(plan()).file("2026-11-30").refuse("2027-02-20")
    with pytest.raises(Refused, match="L112-15"):
        telling.do(MakeNoticeAvailable(of="decision", target=_target(telling)), "2027-02-20")


def test_a_notice_is_read_once() -> None:
    """The first consultation counts."""
    telling = _refused("2027-02-20")
    telling.do(ReadNotice(target=_target(telling)), "2027-02-22")
    with pytest.raises(Refused):
        telling.do(ReadNotice(target=_target(telling)), "2027-02-23")


def test_given_up_the_letter_goes_by_post_and_is_never_deemed_read() -> None:
    """Nobody was told: the acceptance is acquired at the end of the delay, as if nothing had been available."""
    telling = _refused("2027-02-20")
    telling.do(GiveUpNotice(target=_target(telling), why="away"), "2027-02-20T14:00").wait("2027-03-20")

    assert telling.dossier.status == "implied_acceptance"
    assert "notice_deemed" not in telling.kinds()
    assert "email:unread_notice" not in {each.kind for each in reminders(telling.dossier)}


def test_given_up_before_it_was_available_it_is_not_made_available_any_more() -> None:
    """An agent posts it; notified by that, the refusal stands."""
    telling = Telling(plan()).file("2026-11-30", electronic_notice=True).refuse("2027-02-20")
    assert on_its_way(telling.dossier) == "online"
    telling.do(GiveUpNotice(target=_target(telling), why="no_address"), "2027-02-20")

    assert on_its_way(telling.dossier) == "post"
    assert {each.channel for each in last_useful_days(telling.dossier)} == {"hand", "registered_mail"}
    with pytest.raises(Refused):
        telling.do(MakeNoticeAvailable(of="decision", target=_target(telling)), "2027-02-21")
    with pytest.raises(Refused):
        telling.do(GiveUpNotice(target=_target(telling), why="away"), "2027-02-21")
    telling.do(Notify(channel="registered_mail", evidence="AR 1"), "2027-02-25")
    assert (telling.dossier.status, on_its_way(telling.dossier)) == ("refused", "")


def test_a_notice_read_is_not_given_up() -> None:
    """It has arrived."""
    telling = _refused("2027-02-20")
    telling.do(ReadNotice(target=_target(telling)), "2027-02-22")
    with pytest.raises(Refused):
        telling.do(GiveUpNotice(target=_target(telling), why="refused"), "2027-02-23")
