"""Every date and status has its derivation: event, rule, article."""

from __future__ import annotations

import pytest

from domain.explanation import Line, Recorded, explain
from tests.domain.telling import Telling, plan, plan_with_proposal


def _explained(telling: Telling, viewer: str = "agent") -> tuple[Line, ...]:
    entries = [
        Recorded(seq=seq, event=event, recorded_at=event.effective, actor="essai")
        for seq, event in enumerate(telling.events, start=1)
    ]
    return explain(entries, telling.dossier, viewer)  # type: ignore[arg-type]


STORIES = {
    "filed": Telling(plan()).file("2026-11-30"),
    "incomplete": Telling(plan()).file("2026-11-30").request("2026-12-10", "2027-01-10"),
    "implied_acceptance": Telling(plan()).file("2026-11-30").wait("2027-03-02"),
    "implied_rejection": Telling(plan("rejection", stopped_by="decision")).file("2026-11-30").wait("2027-03-02"),
    "provisional": Telling(plan_with_proposal()).file("2026-11-23").wait("2027-02-01"),
    "granted": Telling(plan()).file("2026-11-30").grant("2026-12-10").notify("2026-12-12"),
    "decided": Telling(plan()).file("2026-11-30").refuse("2026-12-10"),
}


@pytest.mark.parametrize("status", STORIES)
def test_the_status_says_which_event_made_it(status: str) -> None:
    """With the entry's number and its article."""
    telling = STORIES[status]
    line = next(line for line in _explained(telling) if line.about == "status")

    assert line.key == telling.dossier.status == status
    assert 1 <= line.seq <= telling.dossier.seq
    assert line.article


@pytest.mark.parametrize("status", STORIES)
def test_every_interval_of_the_ledger_names_its_event_and_article(status: str) -> None:
    """And the expiry says how it was counted."""
    telling = STORIES[status]
    intervals = [line for line in _explained(telling) if line.about == "interval" and line.key == "ledger"]

    assert len(intervals) == len(telling.dossier.reckoning().ledger)
    assert all(line.article and 1 <= line.seq <= telling.dossier.seq for line in intervals)


def test_a_stopped_clock_says_what_stopped_it() -> None:
    """Notified on 12 December: the interval ends there, and the expiry is told as what it would have been."""
    lines = [line.sentence for line in _explained(STORIES["granted"]) if line.about == "interval"]
    assert lines[0].startswith("Du 30 novembre 2026 au 12 décembre 2026")
    assert "notification" in lines[0]
    assert "aurait expiré le 28 février 2027" in lines[-1]


def test_what_comes_next_is_told_with_its_instant() -> None:
    """If nobody acts."""
    due = _explained(STORIES["filed"])[-1]
    assert (due.about, due.article) == ("due", "CASF L421-6")
    assert "1er mars 2027 à 0 h 00" in due.sentence


def test_a_late_fact_says_when_it_was_written_down() -> None:
    """Effective on one day, recorded on another."""
    telling = Telling(plan()).file("2026-11-30").refuse("2027-02-20").notify("2027-02-25", effective="2027-02-22")
    entries = [Recorded(seq=n, event=e, recorded_at=e.effective) for n, e in enumerate(telling.events, start=1)]
    entries[-1] = Recorded(seq=entries[-1].seq, event=entries[-1].event, recorded_at=telling.events[0].effective)

    assert "enregistré le 30 novembre 2026" in next(
        line.sentence for line in explain(entries, telling.dossier, "agent") if line.key == "notified"
    )


def test_a_resident_is_spared_internal_moves() -> None:
    """The reception by the competent authority is the agents' matter."""
    keys = {line.key for line in _explained(STORIES["filed"], "resident")}
    assert "received_by_competent" not in keys
    assert "filed" in keys
