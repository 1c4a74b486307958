"""Electronic notices: read, or deemed given on the day they were made available (CRPA R112-17 to 20)."""

from __future__ import annotations

import pytest

from domain.commands import MakeNoticeAvailable, ReadNotice
from domain.kernel import next_due
from domain.refusals import Refused
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
