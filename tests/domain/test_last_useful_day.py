"""By when a decision must leave, channel by channel."""

from __future__ import annotations

from datetime import date

from domain.last_useful_day import last_useful_days
from tests.domain.telling import Telling, plan


def _days(telling: Telling) -> dict[str, date]:
    return {line.channel: line.day for line in last_useful_days(telling.dossier)}


def test_by_hand_the_last_day_by_post_earlier() -> None:
    """Stopped by notification: three months from 30 November."""
    telling = Telling(plan()).file("2026-11-30", electronic_notice=True)
    assert _days(telling) == {
        "hand": date(2027, 2, 28),
        "registered_mail": date(2027, 2, 23),
        "electronic": date(2027, 2, 28),
    }


def test_without_consent_no_electronic_channel() -> None:
    """CRPA L112-15."""
    assert "electronic" not in _days(Telling(plan()).file("2026-11-30"))


def test_a_clock_stopped_by_the_decision_counts_the_signature() -> None:
    """Nothing else."""
    telling = Telling(plan("rejection", stopped_by="decision")).file("2026-11-30")
    assert _days(telling) == {"signature": date(2027, 2, 28)}


def test_nothing_once_silence_has_decided() -> None:
    """Nor without effect of silence."""
    assert _days(Telling(plan()).file("2026-11-30").wait("2027-03-02")) == {}
    assert _days(Telling(plan("none")).file("2026-11-30")) == {}
